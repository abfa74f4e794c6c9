import { expect, test } from 'vitest';
import {
  applyRunMessages,
  buildRows,
  pickNewerSnapshot,
  type RowSources,
} from '../../../src/core/conversation/buildRows.js';
import { createItem, createMessage } from './fixtures.js';

function createGrowingMessage(id: string, text: string) {
  return createMessage(id, {
    status: 'in_progress',
    content: [{ type: 'text', text: { value: text, annotations: [] } }],
  });
}

const createSources = (sources: Partial<RowSources>): RowSources => ({
  stored: [],
  runMessages: [],
  outbox: [],
  rowKeys: new Map(),
  ...sources,
});

test('reuses unchanged rows when messages are added before and after them', () => {
  const [b, c] = [createMessage('b'), createMessage('c')];
  const before = buildRows(createSources({ stored: [b, c] }));
  const after = buildRows(
    createSources({ stored: [createMessage('a'), b, c, createMessage('d')] }),
    before,
  );
  expect(after.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect(after[1]).toBe(before[0]);
  expect(after[2]).toBe(before[1]);
});

test('shows a growing message once if both the cache and the run have it', () => {
  const rows = buildRows(
    createSources({
      stored: [createMessage('a'), createGrowingMessage('b', 'He')],
      runMessages: [createGrowingMessage('b', 'Hello')],
    }),
  );
  expect(rows.map(({ key, state }) => [key, state])).toEqual([
    ['a', 'stored'],
    ['b', 'growing'],
  ]);
  expect(rows[1]?.message).toEqual(createGrowingMessage('b', 'Hello'));
});

test.each(['stored', 'runMessages'] as const)(
  'shows a message of %s that a run has left in progress as stored once the run has ended',
  (source) => {
    const message = { ...createGrowingMessage('a', 'He'), run_id: 'run_1' };
    const getState = (endedRunId?: string) =>
      buildRows(createSources({ [source]: [message], endedRunId }))[0]?.state;
    expect(getState()).toBe('growing');
    expect(getState('run_0')).toBe('growing');
    expect(getState('run_1')).toBe('stored');
  },
);

test('puts the message that opens a thread before its answer, and queued messages after it', () => {
  const opener = createItem('opener', { opensThread: true });
  const [next, restored] = [createItem('next'), createItem('restored')];
  const runMessages = [createGrowingMessage('answer', 'He')];
  const buildKeys = (outbox: RowSources['outbox']) =>
    buildRows(createSources({ runMessages, outbox })).map(({ key }) => key);
  expect(buildKeys([opener, next])).toEqual(['opener', 'answer', 'next']);
  expect(buildKeys([restored, opener])).toEqual(['answer', 'restored', 'opener']);
});

test('gives the stored copy of the message that opened the thread the key of its row', () => {
  const outbox = [createItem('opener', { opensThread: true, state: 'delivered' })];
  const stored = [createMessage('msg_1', { role: 'user' }), createMessage('msg_2')];
  const rows = buildRows(createSources({ stored, outbox }));
  expect(rows.map(({ key }) => key)).toEqual(['opener', 'msg_2']);
});

test('keeps the row key of a message that was sent from here', () => {
  const stored = [createMessage('msg_1', { role: 'user' })];
  const rows = buildRows(createSources({ stored, rowKeys: new Map([['msg_1', 'local-1']]) }));
  expect(rows.map(({ key }) => key)).toEqual(['local-1']);
});

test('shows the state of a stored message whose run has failed', () => {
  const outbox = [createItem('local-1', { storedId: 'msg_1', state: 'failed' })];
  const stored = [createMessage('msg_1', { role: 'user' })];
  const rows = buildRows(
    createSources({ stored, outbox, rowKeys: new Map([['msg_1', 'local-1']]) }),
  );
  expect(rows).toMatchObject([{ key: 'local-1', message: { id: 'msg_1' }, state: 'failed' }]);
});

test('reuses the row of a queued message when messages are added before it', () => {
  const outbox = [createItem('next')];
  const before = buildRows(createSources({ stored: [createMessage('b')], outbox }));
  const after = buildRows(
    createSources({ stored: [createMessage('a'), createMessage('b')], outbox }),
    before,
  );
  expect(after[2]).toBe(before[1]);
});

test('applies growth to its row and keeps the other rows', () => {
  const rows = buildRows(
    createSources({
      stored: [createMessage('a')],
      runMessages: [createGrowingMessage('b', 'He')],
    }),
  );
  const updated = applyRunMessages(rows, [createGrowingMessage('b', 'Hello')]);
  expect(updated[0]).toBe(rows[0]);
  expect(updated[1]?.message).toEqual(createGrowingMessage('b', 'Hello'));
  expect(rows[1]?.message).toEqual(createGrowingMessage('b', 'He'));
});

test('returns the same rows if no message has grown', () => {
  const runMessages = [createGrowingMessage('b', 'Hello')];
  const rows = buildRows(createSources({ stored: [createMessage('a')], runMessages }));
  expect(applyRunMessages(rows, runMessages)).toBe(rows);
});

test.each([
  ['a complete message', createMessage('a'), createGrowingMessage('a', 'much more text'), 0],
  [
    'a message that the run has completed',
    createGrowingMessage('a', 'text'),
    createMessage('a'),
    1,
  ],
  [
    'the longer of two growing messages',
    createGrowingMessage('a', 'te'),
    createGrowingMessage('a', 'text'),
    1,
  ],
  [
    'a polled message that is ahead of the run',
    createGrowingMessage('a', 'text'),
    createGrowingMessage('a', 'te'),
    0,
  ],
])('picks %s', (_name, stored, written, expected) => {
  expect(pickNewerSnapshot(stored, written)).toBe([stored, written][expected]);
});
