import { expect, test } from 'vitest';
import type { Message } from '../../../src/protocol/types.js';
import {
  buildRows,
  pickNewerSnapshot,
  applyRunMessages,
  type RowSources,
} from '../../../src/core/conversation/buildRows.js';
import { createOutboxItem } from '../../../src/core/conversation/OutboxItem.js';

function message(id: string, over: Partial<Message> = {}): Message {
  return {
    id,
    object: 'thread.message',
    created_at: 1,
    thread_id: 'thread_1',
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'assistant',
    content: [{ type: 'text', text: { value: id, annotations: [] } }],
    assistant_id: null,
    run_id: null,
    metadata: {},
    ...over,
  };
}

function growing(id: string, value: string): Message {
  return message(id, {
    status: 'in_progress',
    content: [{ type: 'text', text: { value, annotations: [] } }],
  });
}

const sent = { wantsRun: true, createdAt: 1 };

const sources = (over: Partial<RowSources>): RowSources => ({
  stored: [],
  runMessages: [],
  outbox: [],
  rowKeys: new Map(),
  ...over,
});

test('gives rows that have not changed as the same objects when others come in front and behind', () => {
  const [b, c] = [message('b'), message('c')];
  const before = buildRows(sources({ stored: [b, c] }));
  const after = buildRows(sources({ stored: [message('a'), b, c, message('d')] }), before);
  expect(after.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect([after[1], after[2]]).toEqual([before[0], before[1]]);
  expect(after[1]).toBe(before[0]);
  expect(after[2]).toBe(before[1]);
});

test('shows a message that grows once, wherever it is known from', () => {
  const rows = buildRows(
    sources({ stored: [message('a'), growing('b', 'He')], runMessages: [growing('b', 'Hello')] }),
  );
  expect(rows.map(({ key, state }) => [key, state])).toEqual([
    ['a', 'stored'],
    ['b', 'growing'],
  ]);
  expect(rows[1]?.message).toEqual(growing('b', 'Hello'));
});

test('puts what opens a thread in front of its answer, and what waits behind', () => {
  const opener = { ...createOutboxItem('Hi', { key: 'opener', ...sent }), opensThread: true };
  const [next, restored] = [
    createOutboxItem('And?', { key: 'next', ...sent }),
    createOutboxItem('Hm', { key: 'restored', ...sent }),
  ];
  const parsePointer = (outbox: RowSources['outbox']) =>
    buildRows(sources({ runMessages: [growing('answer', 'He')], outbox })).map(({ key }) => key);
  expect(parsePointer([opener, next])).toEqual(['opener', 'answer', 'next']);
  expect(parsePointer([restored, opener])).toEqual(['answer', 'restored', 'opener']);
});

test('keeps the row of a message that waits while others come in front', () => {
  const outbox = [createOutboxItem('And?', { key: 'next', ...sent })];
  const before = buildRows(sources({ stored: [message('b')], outbox }));
  const after = buildRows(sources({ stored: [message('a'), message('b')], outbox }), before);
  expect(after[2]).toBe(before[1]);
});

test('puts growth into its row and leaves the others as they are', () => {
  const rows = buildRows(sources({ stored: [message('a')], runMessages: [growing('b', 'He')] }));
  const grown = applyRunMessages(rows, [growing('b', 'Hello')]);
  expect(grown[0]).toBe(rows[0]);
  expect(grown[1]?.message).toEqual(growing('b', 'Hello'));
  expect(rows[1]?.message).toEqual(growing('b', 'He'));
});

test('is the same list where nothing has grown', () => {
  const written = [growing('b', 'Hello')];
  const rows = buildRows(sources({ stored: [message('a')], runMessages: written }));
  expect(applyRunMessages(rows, written)).toBe(rows);
});

test.each([
  ['what is finished', message('a'), growing('a', 'much more text'), 0],
  ['what is finished by the run', growing('a', 'text'), message('a'), 1],
  ['the longer of two that grow', growing('a', 'te'), growing('a', 'text'), 1],
  ['what a poll has brought, where the run is behind', growing('a', 'text'), growing('a', 'te'), 0],
])('takes %s', (_, stored, written, expected) => {
  expect(pickNewerSnapshot(stored, written)).toBe([stored, written][expected]);
});
