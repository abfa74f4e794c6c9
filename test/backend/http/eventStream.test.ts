import { afterEach, expect, test, vi } from 'vitest';
import { createEventLog } from '../../../src/backend/engine/eventLog/createEventLog.js';
import type { EventReader } from '../../../src/backend/engine/eventLog/LogReader.js';
import { createEventStreamResponse } from '../../../src/backend/http/response/createEventStreamResponse.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';

afterEach(() => {
  vi.useRealTimers();
});

function createLog() {
  const log = createEventLog();
  log.open('run_a');
  const append = (...events: AssistantStreamEvent[]) => log.append('run_a', ...events);
  const events = log.read('run_a', 0) as EventReader;
  return { log, append, events };
}

const failure: AssistantStreamEvent = {
  event: 'error',
  data: { message: 'Over.', type: 'server_error', param: null, code: null },
};

test('sends comments while the stream is silent', async () => {
  vi.useFakeTimers();
  const { append, events } = createLog();
  const response = createEventStreamResponse(events, {
    dialect: 'v2',
    keepAliveMs: 1000,
  });
  const reading = response.text();

  await vi.advanceTimersByTimeAsync(2500);
  append(failure);

  expect(await reading).toBe(
    `: keep-alive\n\n: keep-alive\n\nevent: error\nid: 1\ndata: ${JSON.stringify(failure.data)}\n\nevent: done\nid: 1\ndata: [DONE]\n\n`,
  );
  expect(vi.getTimerCount()).toBe(0);
});

test('ends without done when the stream is interrupted', async () => {
  const { log, events } = createLog();
  const response = createEventStreamResponse(events, { dialect: 'v2' });

  log.remove('run_a');

  expect(await response.text()).toBe('');
});

test('ends the reader when the client disconnects', async () => {
  const { append, events } = createLog();
  const response = createEventStreamResponse(events, { dialect: 'v2' });

  await response.body?.cancel();
  append(failure);

  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('takes no event before the client reads', async () => {
  const { append, events } = createLog();
  createEventStreamResponse(events, { dialect: 'v2' });

  append(failure);

  expect((await events.next()).value?.event).toBe(failure);
});

const createDelta = (value: string): AssistantStreamEvent => ({
  event: 'thread.message.delta',
  data: {
    id: 'msg_a',
    object: 'thread.message.delta',
    delta: { content: [{ index: 0, type: 'text', text: { value } }] },
  },
});

test('sends queued events as one chunk up to a limit', async () => {
  const { append, events } = createLog();
  append(createDelta('before'));
  const reader = createEventStreamResponse(events, { dialect: 'v2' }).body?.getReader();
  const nextChunk = async () =>
    new TextDecoder()
      .decode((await reader?.read())?.value)
      .match(/(?<="value":")./g)
      ?.join('');

  for (const value of ['a', 'b', 'c'.repeat(20_000), 'd', 'e']) append(createDelta(value));

  expect([await nextChunk(), await nextChunk()]).toEqual(['babc', 'de']);
});

test('sets the content type and disables caching', () => {
  const { headers } = createEventStreamResponse(createLog().events, { dialect: 'v2' });

  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(headers.get('x-accel-buffering')).toBe('no');
});
