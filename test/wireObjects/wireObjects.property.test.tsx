// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import fc from 'fast-check';
import * as library from 'assistants-react';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { nextTask } from '../queries/createTestHarness.js';
import { getView } from '../mutants/getView.js';
import { arbitraryMutant } from '../mutants/mutate.js';
import { sampleObjects } from '../mutants/sampleObjects.js';
import { renderers, type ObjectKind, type WireObjects } from './componentSamples.js';
import { useEverything } from './useEverything.js';

const ids = { threadId: 'thread_1', messageId: 'msg_2', runId: 'run_1', stepId: 'step_1' };
const READS = {
  message: 'getMessage',
  run: 'getRun',
  step: 'getRunStep',
  assistant: 'getAssistant',
  file: 'getFile',
} as const;

const warnings: string[] = [];

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Reads an object of a server through the client. Undefined if the client refuses it. */
async function read(kind: ObjectKind, value: unknown): Promise<unknown> {
  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    retry: 0,
    fetch: async () => Response.json(value),
  });
  // Every operation takes its ids from the same object.
  const call = client[READS[kind]] as (params: object) => Promise<unknown>;
  return call({ ...ids, assistantId: 'asst_1', fileId: 'file-1' }).catch(() => undefined);
}

function renderObject<Kind extends ObjectKind>(kind: Kind, object: WireObjects[Kind]): string {
  return renderToString(renderers[kind](object));
}

describe('components', () => {
  // On a server, no boundary catches what a component throws.
  it.each(Object.keys(renderers) as ObjectKind[])('of any %s never throw', async (kind) => {
    const normal = await read(kind, sampleObjects[kind]);
    expect(renderObject(kind, normal as never)).not.toBe('');
    await assertProperty(
      fc.asyncProperty(arbitraryMutant(sampleObjects[kind]), async (mutant) => {
        const object = await read(kind, mutant);
        if (object !== undefined) renderObject(kind, object as never);
      }),
      { name: `components-${kind}`, full: 2_000, small: 100 },
    );
  });

  it('show a placeholder for content of an unknown type', async () => {
    const message = { ...sampleObjects.message, content: [{ type: 'dream', dream: {} }] };
    const html = renderObject('message', (await read('message', message)) as never);
    expect(html).toContain(
      'data-part="placeholder" class="assistants-placeholder" data-type="dream"',
    );
  });
});

/** Kinds of the objects of collections, by the last names of their paths. */
const KINDS: Readonly<Record<string, string>> = {
  'messages/files': 'messageFile',
  'assistants/files': 'assistantFile',
  assistants: 'assistant',
  threads: 'thread',
  messages: 'message',
  runs: 'run',
  steps: 'step',
  files: 'file',
};

/** Creates a server whose objects of one kind are replaced by a mutant, as a `fetch`. */
function createServer(kind: string, mutant: unknown) {
  const objects: Record<string, unknown> = { ...sampleObjects, [kind]: mutant };
  return async ({ url }: Request): Promise<Response> => {
    const segments = new URL(url).pathname.replace('/v1/', '').split('/');
    // Collections and ids take turns.
    const names = segments.filter((_, index) => index % 2 === 0);
    if (names.at(-1) === 'content') return new Response('text');
    const object = objects[KINDS[names.slice(-2).join('/')] ?? KINDS[names.at(-1) ?? ''] ?? ''];
    if (segments.length % 2 === 0) return Response.json(object);
    return Response.json({ object: 'list', data: [object], has_more: false });
  };
}

function isPending(result: unknown): boolean {
  return (result as { isPending?: boolean }).isPending === true;
}

describe('hooks', () => {
  it('are all used by this test', () => {
    const source = useEverything.toString();
    const names = Object.keys(library).filter((name) => /^use[A-Z]/.test(name));
    // These need a component around them, read no objects of a server, or only change some.
    const others =
      /^use(?:Composer|MessageContext|Thread(?:Search|Conversation|Navigation|ToolCalls|Rows|State)|Format|Texts|StickToBottom|AllowedTools|AssistantsClient|Attachments|ConversationStore|FollowedRun|(?:Create|Modify|Delete|Cancel|Submit|Upload)\w*)$/;
    expect(
      names.filter((name) => !others.test(name) && !new RegExp(`\\b${name}\\b`).test(source)),
    ).toEqual([]);
  });

  const kinds = [...(Object.keys(renderers) as ObjectKind[]), 'thread'] as const;
  const mutants = fc.oneof(
    ...kinds.map((kind) =>
      arbitraryMutant(sampleObjects[kind]).map((mutant) => ({ kind, mutant })),
    ),
  );

  it('never throw, and end with data or an error', async () => {
    const pending: unknown[] = [];
    const passed = new Set<string>();
    await assertProperty(
      fc.asyncProperty(mutants, async ({ kind, mutant }) => {
        const view = await getView(kind, mutant);
        if (passed.has(view)) return;
        const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
        const client = createAssistantsClient({
          baseUrl: 'http://server.test/v1',
          retry: 0,
          fetch: createServer(kind, mutant),
        });
        const wrapper = ({ children }: { children: ReactNode }) => (
          <AssistantsProvider client={client} queryClient={queryClient}>
            {children}
          </AssistantsProvider>
        );
        const { result, unmount } = renderHook(() => useEverything(), { wrapper });
        do await act(nextTask);
        while (queryClient.isFetching() > 0);
        if (result.current.some(isPending)) pending.push({ kind, mutant });
        unmount();
        queryClient.clear();
        passed.add(view);
      }),
      { name: 'hooks', full: 2_000, small: 100 },
    );
    expect(pending).toEqual([]);
  });
});

it('warns once for each kind of object', () => {
  expect(warnings.length).toBeGreaterThan(0);
  expect(new Set(warnings).size).toBe(warnings.length);
});
