import { expect, it } from 'vitest';
import { findStoredCopy } from '../../../src/core/conversation/findStoredCopy.js';
import { createItem, createMessage, createRun } from './fixtures.js';

const item = createItem('a', { createdAt: 1_000, isUnconfirmed: true });
const copy = createMessage('msg_2', {
  role: 'user',
  created_at: 1_001,
  content: [{ type: 'text', text: { value: 'text of a', annotations: [] } }],
});
const earlier = createMessage('msg_1', { created_at: 900 });
const answer = createMessage('msg_3', { created_at: 1_002, run_id: 'run_1' });

it('finds no copy in a thread without one', () => {
  expect(findStoredCopy(item, [earlier, answer], undefined)).toBeUndefined();
});

it('finds a copy without its run', () => {
  expect(findStoredCopy(item, [earlier, copy], undefined)).toEqual({
    messageId: 'msg_2',
    isDone: false,
  });
});

it.each([
  ['its answer', [copy, answer], undefined],
  ['its run', [copy], createRun('run_1', { created_at: 1_001 })],
] as const)('finds a copy with %s', (_name, stored, run) => {
  expect(findStoredCopy(item, stored, run)).toEqual({ messageId: 'msg_2', isDone: true });
});

it('is done with a copy that wants no run', () => {
  expect(findStoredCopy({ ...item, wantsRun: false }, [copy], undefined)?.isDone).toBe(true);
});

it('accepts a server clock that is two minutes behind, but no older message', () => {
  const at = (created_at: number) => [{ ...copy, created_at }];
  expect(findStoredCopy(item, at(880), undefined)?.messageId).toBe('msg_2');
  expect(findStoredCopy(item, at(879), undefined)).toBeUndefined();
});

it('finds the newest of several copies', () => {
  const newest = { ...copy, id: 'msg_4' };
  expect(findStoredCopy(item, [copy, newest], undefined)?.messageId).toBe('msg_4');
});

it('finds a stored message by its id', () => {
  const stored = { ...item, storedId: 'msg_1' };
  expect(findStoredCopy(stored, [earlier, copy], undefined)?.messageId).toBe('msg_1');
});
