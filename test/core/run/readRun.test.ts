import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { encodeComment, encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { readRun } from '../../../src/core/run/readRun.js';
import { aRun } from './events.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function responseOf(...chunks: string[]): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(bytes(chunk));
        controller.close();
      },
    }),
  );
}

async function all(response: Response, idleTimeoutMs?: number): Promise<AssistantStreamEvent[]> {
  const events: AssistantStreamEvent[] = [];
  for await (const event of readRun(response, idleTimeoutMs === undefined ? {} : { idleTimeoutMs }))
    events.push(event);
  return events;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as AssistantsError,
  );

describe('readRun', () => {
  it('gives the events up to done', async () => {
    const events = await all(
      responseOf(encodeEvent('thread.run.created', aRun()), encodeEvent('done', '[DONE]')),
    );
    expect(events).toEqual([{ event: 'thread.run.created', data: aRun() }]);
  });

  it('finishes at done though the connection stays open', async () => {
    const cancelled = vi.fn<() => void>();
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(bytes(encodeEvent('done', '[DONE]'))),
      cancel: cancelled,
    });
    await expect(all(new Response(body))).resolves.toEqual([]);
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('ignores what comes behind done', async () => {
    const late = encodeEvent('thread.run.created', aRun());
    expect(await all(responseOf(encodeEvent('done', '[DONE]') + late))).toEqual([]);
  });

  it('does not take a text that begins like the end for the end', async () => {
    const error = await failureOf(all(responseOf('event: thread.run.created\ndata: [DONE]x\n\n')));
    expect(error).toMatchObject({ kind: 'stream' });
  });

  it('reports an error event, bare or wrapped', async () => {
    const wire = { message: 'Out of tea.', type: 'server_error', code: 'no_tea', param: null };
    const bare = await failureOf(all(responseOf(encodeEvent('error', wire))));
    const wrapped = await failureOf(all(responseOf(encodeEvent('error', { error: wire }))));
    for (const error of [bare, wrapped])
      expect(error).toMatchObject({ kind: 'stream', message: 'Out of tea.', code: 'no_tea' });
  });

  it('keeps the text of an event that is no JSON out of its message', async () => {
    const error = await failureOf(
      all(responseOf('event: thread.run.created\ndata: {"secret": "hunter2\n\n')),
    );
    expect(error).toBeInstanceOf(AssistantsError);
    expect(error?.message).not.toContain('hunter2');
  });

  it('says that a broken connection is worth another look', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    expect(await failureOf(all(new Response(body)))).toMatchObject({
      kind: 'stream',
      retryable: true,
    });
  });

  describe('with a silent server', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('gives up after the idle timeout and lets the connection go', async () => {
      const cancelled = vi.fn<() => void>();
      const failure = failureOf(
        all(new Response(new ReadableStream({ cancel: cancelled })), 1_000),
      );
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await failure).toMatchObject({ kind: 'stream', retryable: true });
      expect(cancelled).toHaveBeenCalledOnce();
    });

    it('waits as long as comments keep the connection alive', async () => {
      const timer = { count: 0 };
      const body = new ReadableStream({
        pull: (controller) =>
          new Promise<void>((resolve) =>
            setTimeout(() => {
              timer.count += 1;
              controller.enqueue(
                bytes(
                  timer.count < 5 ? encodeComment('keep-alive') : encodeEvent('done', '[DONE]'),
                ),
              );
              resolve();
            }, 900),
          ),
      });
      const events = all(new Response(body), 1_000);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await events).toEqual([]);
      expect(timer.count).toBeGreaterThanOrEqual(5);
    });
  });
});
