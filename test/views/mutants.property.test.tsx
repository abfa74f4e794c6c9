// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import {
  AssistantList,
  AssistantsProvider,
  createAssistantsClient,
  RunInspector,
  ThreadView,
} from 'assistants-react';
import { expect, it, vi } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { mutantsOf } from '../mutants/mutate.js';
import { sampleObjects } from '../mutants/sampleObjects.js';

/** Creates a server whose objects of one kind are replaced by a mutant, as a `fetch`. */
function createServer(kind: string, mutant: unknown) {
  const objects: Record<string, unknown> = { ...sampleObjects, [kind]: mutant };
  const list = (name: string) => ({ object: 'list', data: [objects[name]], has_more: false });
  return async ({ url }: Request): Promise<Response> => {
    const { pathname } = new URL(url);
    if (pathname.endsWith('/steps')) return Response.json(list('step'));
    if (pathname.endsWith('/runs')) return Response.json(list('run'));
    if (pathname.endsWith('/messages')) return Response.json(list('message'));
    if (pathname.endsWith('/assistants')) return Response.json(list('assistant'));
    if (pathname.includes('/runs/')) return Response.json(objects['run'] ?? {});
    if (pathname.includes('/files/')) return Response.json(objects['file'] ?? {});
    return Response.json(objects['assistant'] ?? {});
  };
}

const kinds = ['message', 'run', 'step', 'assistant', 'file'] as const;
const mutants = fc.oneof(
  ...kinds.map((kind) => mutantsOf(sampleObjects[kind]).map((mutant) => ({ kind, mutant }))),
);

it('renders the views for any objects of a server', async () => {
  const errors: unknown[] = [];
  const onError = (event: ErrorEvent) => errors.push(event.error);
  window.addEventListener('error', onError);
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  await assertProperty(
    fc.asyncProperty(mutants, async ({ kind, mutant }) => {
      const client = createAssistantsClient({
        baseUrl: 'http://server.test/v1',
        retry: 0,
        fetch: createServer(kind, mutant),
      });
      const { container } = render(
        <AssistantsProvider client={client} queryClient={new QueryClient()}>
          <ThreadView assistantId="asst_1" threadId="thread_1" />
          <RunInspector threadId="thread_1" />
          <AssistantList />
        </AssistantsProvider>,
      );
      for (let turn = 0; turn < 12; turn += 1)
        await act(async () => {
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
        });
      const isComplete =
        container.querySelector('[data-part="thread"] textarea') !== null &&
        container.querySelector('[data-part="run-inspector"]') !== null &&
        container.querySelector('[data-part="assistant-list"]') !== null;
      cleanup();
      if (!isComplete || errors.length > 0)
        throw new Error(`The page is incomplete. ${String(errors[0])}`);
    }),
    { name: 'mutantViews', full: 10_000, small: 150 },
  );
  const warnings = warn.mock.calls.map(([text]) => String(text));
  expect(new Set(warnings).size).toBe(warnings.length);
  expect(
    consoleError.mock.calls.map(([text]) => String(text)).filter((text) => /Uncaught/.test(text)),
  ).toEqual([]);
  vi.restoreAllMocks();
  window.removeEventListener('error', onError);
});
