import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import type { ConversationState } from '../../../src/core/conversation/Conversation.js';
import {
  isBusy,
  reduceConversation,
  type ConversationEvent,
} from '../../../src/core/conversation/reduceConversation.js';
import type { FollowedRunState } from '../../../src/core/run/FollowedRun.js';
import { createFollowedRun, createItem, createRun } from './fixtures.js';

const empty: ConversationState = {
  threadId: undefined,
  outbox: [],
  followed: undefined,
  rowKeys: new Map(),
};
const followed = createFollowedRun(createRun('run_1'), 'streaming');
const error = new AssistantsError('network', 'offline');
const failed = createItem('failed', { state: 'failed', error, storedId: 'msg_1' });
const sending = createItem('sending', { state: 'sending', storedId: 'msg_2' });
const delivered = createItem('delivered', { state: 'delivered', opensThread: true });
const inThread: ConversationState = {
  threadId: 'thread_1',
  outbox: [delivered, sending, failed],
  followed,
  rowKeys: new Map([['msg_1', 'failed']]),
};

const transitions: [
  name: string,
  before: ConversationState,
  event: ConversationEvent,
  after: ConversationState,
][] = [
  ['follows a run', empty, { type: 'runFollowed', followed }, { ...empty, followed }],
  [
    'gets the thread of its first message',
    empty,
    { type: 'threadCreated', threadId: 'thread_1' },
    { ...empty, threadId: 'thread_1' },
  ],
  [
    'moves unsent messages to another thread',
    inThread,
    { type: 'threadLeft', threadId: 'thread_2' },
    { ...empty, threadId: 'thread_2', outbox: [sending, failed] },
  ],
  [
    'sends stored messages again in a new thread',
    inThread,
    { type: 'threadLeft', threadId: undefined },
    { ...empty, outbox: [sending, { ...failed, storedId: undefined }] },
  ],
  [
    'keeps the row key of a stored message',
    { ...empty, outbox: [createItem('a')] },
    { type: 'stored', key: 'a', messageId: 'msg_1' },
    {
      ...empty,
      outbox: [createItem('a', { storedId: 'msg_1' })],
      rowKeys: new Map([['msg_1', 'a']]),
    },
  ],
  [
    'keeps the row key of a confirmed message',
    { ...empty, outbox: [delivered] },
    { type: 'confirmed', key: 'delivered', messageId: 'msg_1' },
    { ...empty, rowKeys: new Map([['msg_1', 'delivered']]) },
  ],
  [
    'confirms a message without an id',
    { ...empty, outbox: [createItem('a')] },
    { type: 'confirmed', key: 'a' },
    empty,
  ],
  [
    'passes other events to the outbox',
    empty,
    { type: 'enqueued', item: createItem('a') },
    { ...empty, outbox: [createItem('a')] },
  ],
];

const ignored: [name: string, state: ConversationState, event: ConversationEvent][] = [
  ['a second thread', inThread, { type: 'threadCreated', threadId: 'thread_2' }],
  ['an event that does not change the outbox', empty, { type: 'stopRequested' }],
];

describe('reduceConversation', () => {
  it.each(transitions)('%s', (_name, before, event, after) => {
    expect(reduceConversation(before, event)).toEqual(after);
  });

  it.each(ignored)('ignores %s', (_name, state, event) => {
    expect(reduceConversation(state, event)).toBe(state);
  });
});

describe('isBusy', () => {
  it.each([
    ['connecting', true],
    ['streaming', true],
    ['polling', true],
    ['waiting', true],
    ['settled', false],
    ['failed', false],
    ['detached', false],
  ] satisfies [FollowedRunState['phase'], boolean][])('in phase %s is %s', (phase, expected) => {
    const state = { ...empty, followed: createFollowedRun(createRun('run_1'), phase) };
    expect(isBusy(state)).toBe(expected);
  });

  it('is false without a run', () => {
    expect(isBusy(empty)).toBe(false);
  });
});
