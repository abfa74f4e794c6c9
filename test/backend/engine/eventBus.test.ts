import { expect, test } from 'vitest';
import { createEventBus } from '../../../src/backend/engine/eventBus.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { all } from '../assistantsBackend.js';

const text = (value: string, index = 0): AssistantStreamEvent => ({
  event: 'thread.message.delta',
  data: {
    id: 'msg_a',
    object: 'thread.message.delta',
    delta: { content: [{ index, type: 'text', text: { value } }] },
  },
});
const mark = (index: number): AssistantStreamEvent => ({
  event: 'thread.message.delta',
  data: {
    id: 'msg_a',
    object: 'thread.message.delta',
    delta: {
      content: [
        { index: 0, type: 'text', text: { annotations: [{ index, type: 'file_citation' }] } },
      ],
    },
  },
});
const failure: AssistantStreamEvent = {
  event: 'error',
  data: { message: 'Over.', type: 'server_error', param: null, code: null },
};

test('gives a reader that keeps up every event as it is', async () => {
  const bus = createEventBus({ lag: 2 });
  const reader = bus.subscribe('run_a');

  bus.publish('run_a', text('a'));
  const first = await reader.next();
  bus.publish('run_a', text('b'));
  const second = await reader.next();

  expect([first.value, second.value]).toEqual([text('a'), text('b')]);
});

test('puts the texts together that a reader has left waiting', async () => {
  const bus = createEventBus({ lag: 2 });
  const reader = bus.subscribe('run_a');

  for (const letter of 'abcdef') bus.publish('run_a', text(letter));
  bus.publish('run_a', failure);

  expect(await all(reader)).toEqual([text('a'), text('bcdef'), failure]);
});

test('puts nothing into a text but text', async () => {
  const bus = createEventBus({ lag: 0 });
  const reader = bus.subscribe('run_a');

  for (const event of [text('a'), mark(0), mark(1), text('b', 1), failure])
    bus.publish('run_a', event);

  expect(await all(reader)).toEqual([text('a'), mark(0), mark(1), text('b', 1), failure]);
});

test('changes no event that another reader has', async () => {
  const bus = createEventBus({ lag: 1 });
  const [quick, slow] = [bus.subscribe('run_a'), bus.subscribe('run_a')];
  const first = text('a');

  bus.publish('run_a', first);
  const read = await quick.next();
  bus.publish('run_a', text('b'));

  expect(read.value).toBe(first);
  expect(first).toEqual(text('a'));
  expect((await slow.next()).value).toEqual(text('ab'));
});

test('cuts off a reader that lags behind without end', async () => {
  const bus = createEventBus({ lag: 2, limit: 10 });
  const reader = bus.subscribe('run_a');

  for (let index = 0; index < 1000; index++) bus.publish('run_a', mark(index));

  expect(await all(reader)).toHaveLength(10);
});

test('ends with the run or when it requires action, and not before', async () => {
  const bus = createEventBus();
  const [reader, other] = [bus.subscribe('run_a'), bus.subscribe('run_b')];

  bus.publish('run_a', text('a'));
  bus.publish('run_a', failure);
  bus.publish('run_a', text('too late'));
  bus.publish('run_b', text('b'));
  bus.close('run_b');

  expect(await all(reader)).toEqual([text('a'), failure]);
  expect(await all(other)).toEqual([text('b')]);
});

test('an abort ends a reader that waits', async () => {
  const bus = createEventBus();
  const controller = new AbortController();
  const reader = bus.subscribe('run_a', controller.signal);

  const next = reader.next();
  controller.abort();

  expect(await next).toEqual({ done: true, value: undefined });
});

test('a signal that is aborted already gives nothing', async () => {
  const bus = createEventBus();
  const reader = bus.subscribe('run_a', AbortSignal.abort());

  bus.publish('run_a', text('a'));

  expect(await all(reader)).toEqual([]);
});
