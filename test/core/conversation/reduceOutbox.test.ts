import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import {
  findQueuedItem,
  hasPendingItems,
  reduceOutbox,
  type Outbox,
  type OutboxEvent,
} from '../../../src/core/conversation/reduceOutbox.js';
import { createItem } from './fixtures.js';

const error = new AssistantsError('network', 'offline');
const other = createItem('other');
const queued = createItem('a');
const sending = createItem('a', { state: 'sending' });
const opening = createItem('a', { state: 'sending', opensThread: true });
const failed = createItem('a', { state: 'failed', error });

const transitions: [name: string, before: Outbox, event: OutboxEvent, after: Outbox][] = [
  ['appends an enqueued message', [other], { type: 'enqueued', item: queued }, [other, queued]],
  [
    'puts restored messages before the others',
    [other],
    { type: 'restored', items: [failed] },
    [failed, other],
  ],
  [
    'starts sending a message',
    [{ ...queued, error }, other],
    { type: 'sending', key: 'a', opensThread: false },
    [sending, other],
  ],
  [
    'starts sending a message that opens the thread',
    [queued],
    { type: 'sending', key: 'a', opensThread: true },
    [opening],
  ],
  [
    'keeps a stored message until its run is created',
    [sending],
    { type: 'stored', key: 'a', messageId: 'msg_1' },
    [{ ...sending, storedId: 'msg_1' }],
  ],
  [
    'removes a message when its run is created',
    [sending, other],
    { type: 'runCreated', key: 'a' },
    [other],
  ],
  [
    'keeps a message that opened the thread until its copy is found',
    [opening],
    { type: 'runCreated', key: 'a' },
    [{ ...opening, state: 'delivered' }],
  ],
  [
    'removes a confirmed message',
    [{ ...opening, state: 'delivered' }, other],
    { type: 'confirmed', key: 'a', messageId: 'msg_1' },
    [other],
  ],
  [
    'queues a message again when the thread is busy',
    [{ ...sending, isStopRequested: true }],
    { type: 'requeued', key: 'a' },
    [{ ...queued, isStopRequested: true }],
  ],
  [
    'marks a message as failed',
    [{ ...opening, isStopRequested: true }, other],
    { type: 'failed', key: 'a', error },
    [failed, other],
  ],
  [
    'queues a failed message on retry',
    [{ ...failed, isUnconfirmed: true }],
    { type: 'retried', key: 'a' },
    [queued],
  ],
  [
    'keeps the id of the stored message on retry',
    [{ ...failed, storedId: 'msg_1' }],
    { type: 'retried', key: 'a' },
    [{ ...queued, storedId: 'msg_1' }],
  ],
  ['discards a queued message', [queued, other], { type: 'discarded', key: 'a' }, [other]],
  ['discards a failed message', [failed], { type: 'discarded', key: 'a' }, []],
  [
    'stops the message that is being sent',
    [other, sending],
    { type: 'stopRequested' },
    [other, { ...sending, isStopRequested: true }],
  ],
  [
    'stops the next queued message if none is being sent',
    [failed, other, createItem('last')],
    { type: 'stopRequested' },
    [failed, { ...other, isStopRequested: true }, createItem('last')],
  ],
];

const ignored: [name: string, outbox: Outbox, event: OutboxEvent][] = [
  ['an empty list of restored messages', [other], { type: 'restored', items: [] }],
  ['an update of an unknown message', [other], { type: 'requeued', key: 'a' }],
  ['the confirmation of an unknown message', [other], { type: 'confirmed', key: 'a' }],
  ['a retry of a message that is being sent', [sending], { type: 'retried', key: 'a' }],
  ['a retry of a queued message', [queued], { type: 'retried', key: 'a' }],
  ['discarding a message that is being sent', [sending], { type: 'discarded', key: 'a' }],
  [
    'discarding a delivered message',
    [{ ...opening, state: 'delivered' }],
    { type: 'discarded', key: 'a' },
  ],
  ['a stop without a pending message', [failed], { type: 'stopRequested' }],
];

describe('reduceOutbox', () => {
  it.each(transitions)('%s', (_name, before, event, after) => {
    expect(reduceOutbox(before, event)).toEqual(after);
  });

  it.each(ignored)('ignores %s', (_name, outbox, event) => {
    expect(reduceOutbox(outbox, event)).toBe(outbox);
  });

  it('does not change the previous outbox', () => {
    const before: Outbox = Object.freeze([Object.freeze(queued)]);
    reduceOutbox(before, { type: 'sending', key: 'a', opensThread: false });
    expect(before).toEqual([createItem('a')]);
  });
});

describe('findQueuedItem', () => {
  it('returns the oldest queued message', () => {
    expect(findQueuedItem([failed, other, queued])).toBe(other);
    expect(findQueuedItem([failed, sending])).toBeUndefined();
  });
});

describe('hasPendingItems', () => {
  it.each([
    [[], false],
    [[failed], false],
    [[{ ...opening, state: 'delivered' }], false],
    [[failed, queued], true],
    [[sending], true],
  ] satisfies [Outbox, boolean][])('is correct for case %#', (outbox, expected) => {
    expect(hasPendingItems(outbox)).toBe(expected);
  });
});
