import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { encodeComment, encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { readRun } from '../../../src/core/run/readRun.js';
import { aRun } from './events.js';

const encode = (text: string) => new TextEncoder().encode(text);

function createResponse(...chunks: string[]): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(encode(chunk));
        controller.close();
      },
    }),
  );
}

/** Collects all events of a response. */
async function collect(
  response: Response,
  idleTimeoutMs?: number,
): Promise<AssistantStreamEvent[]> {
  const events: AssistantStreamEvent[] = [];
  for await (const event of readRun(response, idleTimeoutMs === undefined ? {} : { idleTimeoutMs }))
    events.push(event);
  return events;
}

/** Returns the error of a rejected promise, and undefined if it resolves. */
const catchError = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as AssistantsError,
  );

describe('readRun', () => {
  it('yields the events up to done', async () => {
    const events = await collect(
      createResponse(encodeEvent('thread.run.created', aRun()), encodeEvent('done', '[DONE]')),
    );
    expect(events).toEqual([{ event: 'thread.run.created', data: aRun() }]);
  });

  const created = { event: 'thread.run.created', data: aRun() };
  const delta = {
    event: 'thread.message.delta',
    data: {
      id: 'msg_1',
      object: 'thread.message.delta',
      delta: { content: [{ index: 0, type: 'text', text: { value: 'Hi' } }] },
    },
  };
  const frame = (data: unknown) =>
    `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

  it.each([
    [
      'names and data in the frame',
      [frame(created), frame(delta), frame({ event: 'done', data: '[DONE]' })],
    ],
    ['no name and no end', [frame(created), frame(delta)]],
    [
      'names before and in the frame',
      [`event: ${created.event}\n${frame(created)}`, `event: ${delta.event}\n${frame(delta)}`],
    ],
    ['an end with white space', [frame(created), frame(delta), 'data:  [DONE] \n\n', frame('{')]],
    ['an end in quotes', [frame(created), frame(delta), frame('"[DONE]"'), frame('{')]],
    ['objects only', [frame(created.data), frame(delta.data), frame('[DONE]')]],
    [
      'heartbeats of any kind',
      [
        frame('ping'),
        ': keep-alive\n\n',
        'event: ping\ndata: 1764406800\n\n',
        'event: heartbeat\ndata: still here\n\n',
        frame({}),
        frame({ type: 'ping' }),
        frame(created),
        'data:\n\n',
        frame(delta),
      ],
    ],
  ])('reads streams with %s', async (_, frames) => {
    const events = await collect(createResponse(...frames));
    expect(events.filter(({ event }) => event.startsWith('thread.'))).toMatchObject([
      { ...created, event: expect.stringMatching(/^thread\.run\.(created|queued)$/) },
      delta,
    ]);
  });

  it.each([
    ['an object', frame({ error: { message: 'Busy.', code: 'overloaded' } })],
    ['a wrapped object', frame({ event: 'error', data: { message: 'Busy.', code: 'overloaded' } })],
    ['a text', 'event: error\ndata: Busy.\n\n'],
  ])('rejects with an error that the server reports as %s', async (_, text) => {
    const error = await catchError(collect(createResponse(text)));
    expect(error).toMatchObject({ kind: 'stream', message: 'Busy.' });
  });

  it('gives the ids of the run to objects that lack them, except for messages of the user', async () => {
    const message = (role: string) => ({
      event: 'thread.message.created',
      data: { id: `msg_${role}`, role, run_id: null, content: [] },
    });
    const frames = [created, message('user'), message('assistant')].map(frame);
    const [, question, answer] = await collect(createResponse(...frames));
    expect(question?.data).toMatchObject({ thread_id: 'thread_1', run_id: null });
    expect(answer?.data).toMatchObject({ thread_id: 'thread_1', run_id: 'run_1' });
  });

  it('returns at done even if the connection stays open', async () => {
    const cancelled = vi.fn<() => void>();
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(encode(encodeEvent('done', '[DONE]'))),
      cancel: cancelled,
    });
    await expect(collect(new Response(body))).resolves.toEqual([]);
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('ignores events after done', async () => {
    const late = encodeEvent('thread.run.created', aRun());
    expect(await collect(createResponse(encodeEvent('done', '[DONE]') + late))).toEqual([]);
  });

  it('does not mistake data that starts like the end for the end', async () => {
    const error = await catchError(
      collect(createResponse('event: thread.run.created\ndata: [DONE]x\n\n')),
    );
    expect(error).toMatchObject({ kind: 'stream' });
  });

  it('throws for an error event, with and without a wrapper object', async () => {
    const wire = { message: 'Out of tea.', type: 'server_error', code: 'no_tea', param: null };
    const bare = await catchError(collect(createResponse(encodeEvent('error', wire))));
    const wrapped = await catchError(
      collect(createResponse(encodeEvent('error', { error: wire }))),
    );
    for (const error of [bare, wrapped])
      expect(error).toMatchObject({ kind: 'stream', message: 'Out of tea.', code: 'no_tea' });
  });

  it('does not quote invalid JSON in its message', async () => {
    const error = await catchError(
      collect(createResponse('event: thread.run.created\ndata: {"secret": "hunter2\n\n')),
    );
    expect(error).toBeInstanceOf(AssistantsError);
    expect(error?.message).not.toContain('hunter2');
  });

  it('throws a retryable error if the connection breaks', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    expect(await catchError(collect(new Response(body)))).toMatchObject({
      kind: 'stream',
      retryable: true,
    });
  });

  describe('with a silent server', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('throws after the idle timeout and cancels the connection', async () => {
      const cancelled = vi.fn<() => void>();
      const failure = catchError(
        collect(new Response(new ReadableStream({ cancel: cancelled })), 1_000),
      );
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await failure).toMatchObject({ kind: 'stream', retryable: true });
      expect(cancelled).toHaveBeenCalledOnce();
    });

    it('does not time out while comments arrive', async () => {
      let comments = 0;
      const body = new ReadableStream({
        pull: (controller) =>
          new Promise<void>((resolve) =>
            setTimeout(() => {
              comments += 1;
              controller.enqueue(
                encode(comments < 5 ? encodeComment('keep-alive') : encodeEvent('done', '[DONE]')),
              );
              resolve();
            }, 900),
          ),
      });
      const events = collect(new Response(body), 1_000);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await events).toEqual([]);
      expect(comments).toBeGreaterThanOrEqual(5);
    });
  });
});
