import { afterEach, expect, test, vi } from 'vitest';
import { createEventBus } from '../../../src/backend/engine/createEventBus.js';
import { createEventStreamResponse } from '../../../src/backend/http/response/createEventStreamResponse.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';

afterEach(() => {
  vi.useRealTimers();
});

const failure: AssistantStreamEvent = {
  event: 'error',
  data: { message: 'Over.', type: 'server_error', param: null, code: null },
};

test('sends comments while the stream is silent', async () => {
  vi.useFakeTimers();
  const bus = createEventBus();
  const response = createEventStreamResponse(bus.subscribe('run_a'), {
    dialect: 'v2',
    keepAliveMs: 1000,
  });
  const reading = response.text();

  await vi.advanceTimersByTimeAsync(2500);
  bus.publish('run_a', failure);

  expect(await reading).toBe(
    `: keep-alive\n\n: keep-alive\n\nevent: error\ndata: ${JSON.stringify(failure.data)}\n\nevent: done\ndata: [DONE]\n\n`,
  );
  expect(vi.getTimerCount()).toBe(0);
});

test('ends without done when the stream is interrupted', async () => {
  const bus = createEventBus();
  const response = createEventStreamResponse(bus.subscribe('run_a'), { dialect: 'v2' });

  bus.close('run_a');

  expect(await response.text()).toBe('');
});

test('ends the subscription when the client disconnects', async () => {
  const bus = createEventBus();
  const events = bus.subscribe('run_a');
  const response = createEventStreamResponse(events, { dialect: 'v2' });

  await response.body?.cancel();
  bus.publish('run_a', failure);

  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('takes no event before the client reads', async () => {
  const bus = createEventBus();
  const events = bus.subscribe('run_a');
  createEventStreamResponse(events, { dialect: 'v2' });

  bus.publish('run_a', failure);

  expect((await events.next()).value).toBe(failure);
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
  const bus = createEventBus();
  const reader = createEventStreamResponse(bus.subscribe('run_a'), {
    dialect: 'v2',
    first: [createDelta('before')],
  }).body?.getReader();
  const nextChunk = async () =>
    new TextDecoder()
      .decode((await reader?.read())?.value)
      .match(/(?<="value":")./g)
      ?.join('');

  for (const value of ['a', 'b', 'c'.repeat(20_000), 'd', 'e'])
    bus.publish('run_a', createDelta(value));

  expect([await nextChunk(), await nextChunk()]).toEqual(['babc', 'de']);
});

test('sets the content type and disables caching', () => {
  const { headers } = createEventStreamResponse(createEventBus().subscribe('run_a'), {
    dialect: 'v2',
  });

  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-cache');
});
