import { expect, test } from 'vitest';
import { createEventBus } from '../../../src/backend/engine/createEventBus.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { collect } from '../createRunHarness.js';

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

test('delivers every event unchanged to a subscriber that keeps up', async () => {
  const bus = createEventBus({ lag: 2 });
  const reader = bus.subscribe('run_a');

  bus.publish('run_a', text('a'));
  const first = await reader.next();
  bus.publish('run_a', text('b'));
  const second = await reader.next();

  expect([first.value, second.value]).toEqual([text('a'), text('b')]);
});

test('merges pending text deltas of a slow subscriber', async () => {
  const bus = createEventBus({ lag: 2 });
  const reader = bus.subscribe('run_a');

  for (const letter of 'abcdef') bus.publish('run_a', text(letter));
  bus.publish('run_a', failure);

  expect(await collect(reader)).toEqual([text('a'), text('bcdef'), failure]);
});

test('merges text deltas with text deltas only', async () => {
  const bus = createEventBus({ lag: 0 });
  const reader = bus.subscribe('run_a');

  for (const event of [text('a'), mark(0), mark(1), text('b', 1), failure])
    bus.publish('run_a', event);

  expect(await collect(reader)).toEqual([text('a'), mark(0), mark(1), text('b', 1), failure]);
});

test('does not change events of other subscribers', async () => {
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

test('disconnects a subscriber that is too slow', async () => {
  const bus = createEventBus({ lag: 2, limit: 10 });
  const reader = bus.subscribe('run_a');

  for (let index = 0; index < 1000; index++) bus.publish('run_a', mark(index));

  expect(await collect(reader)).toHaveLength(10);
});

test('ends after the run or requires_action', async () => {
  const bus = createEventBus();
  const [reader, other] = [bus.subscribe('run_a'), bus.subscribe('run_b')];

  bus.publish('run_a', text('a'));
  bus.publish('run_a', failure);
  bus.publish('run_a', text('too late'));
  bus.publish('run_b', text('b'));
  bus.close('run_b');

  expect(await collect(reader)).toEqual([text('a'), failure]);
  expect(await collect(other)).toEqual([text('b')]);
});

test('ends a waiting subscription on abort', async () => {
  const bus = createEventBus();
  const controller = new AbortController();
  const reader = bus.subscribe('run_a', controller.signal);

  const next = reader.next();
  controller.abort();

  expect(await next).toEqual({ done: true, value: undefined });
});

test('delivers nothing for an aborted signal', async () => {
  const bus = createEventBus();
  const reader = bus.subscribe('run_a', AbortSignal.abort());

  bus.publish('run_a', text('a'));

  expect(await collect(reader)).toEqual([]);
});
