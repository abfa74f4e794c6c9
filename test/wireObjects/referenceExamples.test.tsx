import { QueryClient } from '@tanstack/react-query';
import { fireEvent, render, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  getMessageText,
  ThreadView,
} from 'assistants-react';
import { renderToString } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readRun } from '../../src/core/run/readRun.js';
import { reduceRun } from '../../src/core/run/reduceRun.js';
import { emptyRunState } from '../../src/core/run/RunState.js';
import { renderers, type ObjectKind } from './componentSamples.js';
import { referenceObjects, TIME } from './referenceObjects.js';
import { referenceStreams, type ReferenceStream } from './referenceStreams.js';

const ids = {
  threadId: 'thread_order',
  messageId: 'msg_loaf',
  runId: 'run_bake',
  stepId: 'step_knead',
  assistantId: 'asst_bakery',
  fileId: 'file-rye',
};
/** Kinds of objects that components show, by the last noun of their operations. */
const KINDS: readonly (readonly [pattern: RegExp, kind: ObjectKind])[] = [
  [/^(?!delete).*RunSteps?$/, 'step'],
  [/^(?!delete).*Runs?$/, 'run'],
  [/^(?!delete).*Messages?$/, 'message'],
  [/^(?!delete).*Assistants?$/, 'assistant'],
  [/^getFile$/, 'file'],
];

let warnings: unknown[] = [];

beforeEach(() => {
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(text));
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

describe('an object of the published descriptions', () => {
  it.each(referenceObjects)('is read and shown: $version $operation', async (example) => {
    const { version, operation, body } = example;
    const client = createAssistantsClient({
      baseUrl: 'http://server.test/v1',
      apiVersion: version,
      retry: 0,
      fetch: async () => Response.json(body),
    });
    const params = /^(?:list|get)/.test(operation) ? ids : { ...ids, body: {} };
    // Every operation takes its ids from the same object.
    const call = client[operation as 'getRun'] as (params: object) => Promise<object>;
    const read = await call(params);
    expect(read).toMatchObject(body);
    expect(warnings).toEqual([]);

    const kind = KINDS.find(([pattern]) => pattern.test(operation))?.[1];
    if (kind === undefined) return;
    const objects = 'data' in read && Array.isArray(read.data) ? read.data : [read];
    for (const object of objects)
      expect(renderToString(renderers[kind](object as never))).not.toBe('');
  });
});

describe('a stream of the published descriptions', () => {
  it.each(referenceStreams)('is reduced: $version, $name', async ({ frames, status, text }) => {
    let state = emptyRunState;
    for await (const event of readRun(new Response(frames.join(''))))
      state = reduceRun(state, event);
    expect(state).toMatchObject({ run: { status }, isDesynced: false });
    expect(state.messages.map(getMessageText)).toEqual(text === '' ? [] : [text]);
    for (const message of state.messages)
      expect(renderToString(renderers.message(message))).toContain(text);
    for (const step of state.steps) expect(renderToString(renderers.step(step))).not.toBe('');
    expect(warnings).toEqual([]);
  });

  it('is continued by polling if a frame is not JSON, as in some of the examples', async () => {
    const [first = '', ...rest] = referenceStreams[0]?.frames ?? [];
    const read = async () => {
      const broken = [first, ...rest.map((frame) => frame.replace(/\}\n\n$/, '}}\n\n'))].join('');
      for await (const event of readRun(new Response(broken))) expect(event).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({ kind: 'stream', retryable: true });
  });

  it.each(['v1', 'v2'] as const)('is shown in a thread: %s', async (version) => {
    const find = (name: string) =>
      referenceStreams.find((stream) => stream.version === version && stream.name === name);
    const calling = find('a new thread and its run, which calls a function');
    const answering = find('a run after the output of its call');
    if (!calling || !answering) throw new Error('The examples are missing.');
    // The run expires ten minutes after its creation.
    vi.useFakeTimers({ toFake: ['Date'], now: TIME * 1_000 });
    const submitted: unknown[] = [];
    const client = createAssistantsClient({
      baseUrl: 'http://server.test/v1',
      apiVersion: version,
      retry: 0,
      scope: version,
      fetch: async (request) => {
        const { pathname } = new URL(request.url);
        if (pathname === '/v1/threads/runs') return toResponse(calling);
        if (!pathname.endsWith('/submit_tool_outputs'))
          return Response.json({ object: 'list', data: [], has_more: false });
        submitted.push(await request.json());
        return toResponse(answering);
      },
    });
    const { container } = render(
      <AssistantsProvider client={client} queryClient={new QueryClient()}>
        <ThreadView assistantId={ids.assistantId} tools={[]} />
      </AssistantsProvider>,
    );
    write(container, '[data-part="composer"] textarea', 'How hot is the big oven?');
    await waitFor(() => expect(container.querySelector('[data-part="tool-slot"]')).not.toBeNull());
    expect(container.textContent).toContain('get_oven');
    const output = '[data-part="tool-output-form"] textarea';
    await waitFor(() => expect(container.querySelector(output)).not.toBeNull());
    write(container, output, '240 degrees');
    await waitFor(() => expect(container.textContent).toContain(answering.text));
    expect(submitted).toMatchObject([
      { tool_outputs: [{ tool_call_id: 'call_oven', output: '240 degrees' }] },
    ]);
    expect(warnings).toEqual([]);
  });
});

function toResponse({ frames }: ReferenceStream): Response {
  return new Response(frames.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

/** Writes into a field and submits its form. */
function write(container: HTMLElement, selector: string, text: string): void {
  const field = container.querySelector(selector);
  if (!field) throw new Error(`No field: ${selector}`);
  fireEvent.change(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: selector.includes('output') });
}
