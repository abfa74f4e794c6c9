// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import fc from 'fast-check';
import {
  AssistantEditor,
  AssistantList,
  AssistantsProvider,
  createAssistantsClient,
  FileList,
  RunInspector,
  ThreadView,
  useFiles,
} from 'assistants-react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isRecord } from '../../src/common/isRecord.js';
import { assertProperty } from '../assertProperty.js';
import { getView } from '../mutants/getView.js';
import { arbitraryMutant } from '../mutants/mutate.js';
import {
  createMutantServer,
  isEvent,
  mutantGroups,
  type MutantKind,
  type Mutants,
  needsOwnPage,
  STREAMED_TEXT,
} from '../mutants/mutantServer.js';

/** Number of mutants of one kind that a case consists of. Most of them share a page. */
const MUTANTS_OF_CASE = 20;

/** Time of the page in which it polls, and shows what has arrived. */
const TURN_MS = 100;
const MAX_TURNS = 30;
const TURNS_AFTER_READING = 2;

/** Fewer cases of small objects. A case shrinks to its smallest failure, because each mutant can be left out. */
const mutants = fc.oneof(
  ...mutantGroups.map(({ kinds, sample }) => ({
    weight: Object.keys(sample).length > 4 || 'delta' in sample ? 3 : 1,
    arbitrary: fc.record({
      kind: fc.constantFrom<MutantKind[]>(...kinds),
      mutants: fc.tuple(
        ...Array.from({ length: MUTANTS_OF_CASE }, () =>
          fc.option(fc.record({ value: arbitraryMutant(sample) }), { freq: 1_000_000_000 }),
        ),
      ),
    }),
  })),
);

/** A turn of the real event loop, because the timers of the page are fake. */
const { setImmediate: setRealImmediate } = globalThis;
const uncaught: unknown[] = [];
const onError = (event: ErrorEvent) => uncaught.push(event.error);
const onRejection = (reason: unknown) => uncaught.push(reason);

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame'],
  });
  window.addEventListener('error', onError);
  process.on('unhandledRejection', onRejection);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  window.removeEventListener('error', onError);
  process.off('unhandledRejection', onRejection);
});

async function takeTurn(): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(TURN_MS);
    await new Promise((resolve) => {
      setRealImmediate(resolve);
    });
  });
}

function Files(): ReactElement {
  return <FileList files={useFiles().data ?? []} />;
}

/** Renders all views with some mutants, and returns what is wrong with the page, or undefined. */
async function findFault(given: Mutants): Promise<string | undefined> {
  uncaught.length = 0;
  // A page that has failed was not removed.
  document.body.replaceChildren();
  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    retry: 0,
    fetch: createMutantServer(given),
  });
  const queryClient = new QueryClient();
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container, { onUncaughtError: (error) => uncaught.push(error) });
  await act(async () => {
    root.render(
      <AssistantsProvider client={client} queryClient={queryClient}>
        <ThreadView assistantId="asst_1" threadId="thread_1" />
        <RunInspector threadId="thread_1" />
        <AssistantList />
        {listAssistantIds(given).map((assistantId) => (
          <AssistantEditor key={assistantId} assistantId={assistantId} />
        ))}
        <Files />
      </AssistantsProvider>,
    );
  });
  const isSettled = () =>
    queryClient.isFetching() === 0 &&
    (!isEvent(given.kind) || container.textContent.includes(STREAMED_TEXT));
  for (let turn = 0; turn < MAX_TURNS && !isSettled(); turn += 1) await takeTurn();
  for (let turn = 0; turn < TURNS_AFTER_READING; turn += 1) await takeTurn();
  const missing = [
    '[data-part="thread"] textarea',
    '[data-part="run-inspector"]',
    '[data-part="assistant-list"]',
    '[data-part="file-list"]',
  ].filter((selector) => container.querySelector(selector) === null);
  await act(async () => root.unmount());
  container.remove();
  vi.clearAllTimers();
  return missing.length === 0 && uncaught.length === 0
    ? undefined
    : `The page lacks ${missing.join()}. ${String(uncaught[0])}`;
}

function listAssistantIds({ kind, mutants: list }: Mutants): readonly string[] {
  const ids =
    kind === 'assistant' ? list.map((mutant) => (mutant as { id?: unknown } | null)?.id) : [];
  return ['asst_1', ...ids.filter((id) => typeof id === 'string' && id !== 'asst_1')] as string[];
}

/** Divides mutants into those that share a page, and pages with one. Only mutants that have kept their id share a page. */
function toPages({ kind, mutants: list }: Mutants): Mutants[] {
  const ids = new Set(mutantGroups.map(({ sample }) => ('id' in sample ? sample.id : undefined)));
  const sharing = list.filter(
    (mutant): mutant is { id: string } =>
      !needsOwnPage(kind) && isRecord(mutant) && ids.has(String(mutant['id'])),
  );
  const named = sharing.map((mutant, index) => ({
    ...mutant,
    id: index === 0 ? mutant.id : `${mutant.id}_${index}`,
  }));
  const alone = list.filter((mutant) => !sharing.some((other) => other === mutant));
  return [
    ...(named.length > 0 ? [{ kind, mutants: named }] : []),
    ...alone.map((mutant) => ({ kind, mutants: [mutant] })),
  ];
}

it('renders the views for any objects and events of a server', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  const passed = new Set<string>();
  const count = { mutants: 0, pages: 0 };
  await assertProperty(
    fc.asyncProperty(mutants, async ({ kind, mutants: options }) => {
      const list = options.flatMap((option) => (option === null ? [] : [option.value]));
      const views = await Promise.all(list.map((mutant) => getView(kind, mutant)));
      const isNew = (view: string, index: number) =>
        !passed.has(view) && views.indexOf(view) === index;
      const pages = toPages({
        kind,
        mutants: list.filter((_, index) => isNew(views[index] ?? '', index)),
      });
      for (const page of pages) {
        const fault = await findFault(page);
        if (fault !== undefined) throw new Error(fault);
      }
      for (const view of views) passed.add(view);
      count.mutants += list.length;
      count.pages += pages.length;
    }),
    {
      name: 'mutantViews',
      full: 10_000 / MUTANTS_OF_CASE,
      small: 240 / MUTANTS_OF_CASE,
    },
  );
  expect(count.pages).toBeGreaterThan(0);
  const warnings = warn.mock.calls.map(([text]) => String(text));
  expect(new Set(warnings).size).toBe(warnings.length);
  expect(
    consoleError.mock.calls.map(([text]) => String(text)).filter((text) => /Uncaught/.test(text)),
  ).toEqual([]);
});
