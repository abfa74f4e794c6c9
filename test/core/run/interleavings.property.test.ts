import assert from 'node:assert/strict';
import { QueryClient, type DataTag, type Query, type QueryKey } from '@tanstack/react-query';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numRuns } from '../../budget.js';
import { assertProperty } from '../../assertProperty.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { getRawMessageText } from '../../../src/protocol/getRawMessageText.js';
import { isSettled } from '../../../src/protocol/runStatus.js';
import type {
  AssistantStreamEvent,
  Message,
  Page,
  Run,
  RunStep,
} from '../../../src/protocol/types.js';
import { writeMessage, writeRun, writeStep } from '../../../src/queries/cache/writeObjects.js';
import * as keys from '../../../src/queries/keys.js';
import { updateLists } from '../../../src/queries/cache/lists.js';
import { mergeNewMessages, readSyncCursor } from '../../../src/queries/cache/mergeNewMessages.js';
import { computeSyncCursor } from '../../../src/queries/cache/messagePages.js';
import {
  createMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../../../src/queries/messages.js';
import { growPage, type Cursor } from '../../../src/queries/cache/pages.js';
import { getRunOptions, listRunsOptions } from '../../../src/queries/runs.js';
import { listRunStepsOptions } from '../../../src/queries/runSteps.js';
import { upsertList } from '../../../src/core/run/upsertList.js';
import {
  createFollowState,
  reduceFollow,
  type FollowEvent,
} from '../../../src/core/run/reduceFollow.js';
import { applyRun, reduceRun } from '../../../src/core/run/reduceRun.js';
import { emptyRunState, type RunState } from '../../../src/core/run/RunState.js';
import { emitSnapshots } from '../../../src/core/run/emitSnapshots.js';
import { aMessage } from './events.js';
import { legalRun } from './legalRuns.js';

const threadId = 'thread_1';
const runId = 'run_1';
const userFields = { role: 'user', run_id: null, assistant_id: null, status: 'completed' } as const;
const olderMessages = ['First', 'Second'].map((text, index) =>
  aMessage(text, {
    ...userFields,
    id: `msg_older_${index}`,
    created_at: 1_699_999_000 + index,
  }),
);
const question = aMessage('Question', {
  ...userFields,
  id: 'msg_question',
  created_at: 1_700_000_000,
});

/** State of the server at one point in time. */
interface Snapshot {
  run: Run | undefined;
  messages: readonly Message[];
  steps: readonly RunStep[];
}

/** Course of a run on the server. */
interface History {
  events: readonly AssistantStreamEvent[];
  /** State before the question, after the question, and after each event. */
  snapshots: readonly Snapshot[];
}

function createHistory(events: readonly AssistantStreamEvent[]): History {
  const snapshots: Snapshot[] = [
    { run: undefined, messages: olderMessages, steps: [] },
    { run: undefined, messages: [...olderMessages, question], steps: [] },
  ];
  let state = emptyRunState;
  for (const event of events) {
    state = reduceRun(state, event);
    snapshots.push({
      run: state.run,
      messages: [...olderMessages, question, ...state.messages],
      steps: state.steps,
    });
  }
  return { events, snapshots };
}

const histories = fc
  .sample(legalRun, { numRuns: 200, seed: 20 })
  .map(({ events }) => createHistory(events));
// Sends no requests: the test writes the responses.
const client = createAssistantsClient({ baseUrl: 'http://server.test/v1', scope: 'test' });
// The fields of keys need no sorting, because one module creates all keys.
const hashKey = (queryKey: QueryKey) => JSON.stringify(queryKey);
const queryClient = new QueryClient({
  defaultOptions: { queries: { gcTime: Infinity, queryKeyHashFn: hashKey } },
});
const messageList = listMessagesOptions(client, { threadId });
const ascendingList = listMessagesOptions(client, { threadId, query: { order: 'asc' } });
const runDetail = getRunOptions(client, { threadId, runId });
const runList = listRunsOptions(client, { threadId });
const stepList = listRunStepsOptions(client, { threadId, runId });
const createMessage = createMessageOptions(client);
const modifyMessage = modifyMessageOptions(client);
const cache = queryClient.getQueryCache();

/** Builds a query with its `structuralSharing`, which merges everything that is written to it. */
function buildQuery<Data>({
  queryKey,
  structuralSharing,
}: {
  queryKey: DataTag<QueryKey, Data, unknown>;
  structuralSharing: unknown;
}) {
  const options = { queryKey, queryHash: hashKey(queryKey), structuralSharing };
  // The tag of the key has the type of the data.
  return cache.build(queryClient, options as never) as unknown as Query<Data>;
}

function toPage<Item extends { id: string }>(data: Item[]): Page<Item> {
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: false,
  };
}

/**
 * Returns the number of events before the newest segment, after `count` events. A segment ends when the run requires action,
 * and the next event begins a new one.
 */
function findSegmentStart(events: readonly AssistantStreamEvent[], count: number): number {
  const end = events
    .slice(0, Math.max(0, count - 1))
    .findLastIndex(({ event }) => event === 'thread.run.requires_action');
  return end + 1;
}

/**
 * Creates one tab: a followed run and a cache, the actions that change them, and checks of both.
 *
 * @param canRejoin True if the server can continue a stream.
 */
function createTab({ events, snapshots }: History, canRejoin: boolean) {
  queryClient.clear();
  const queries = {
    newest: buildQuery(messageList),
    oldest: buildQuery(ascendingList),
    run: buildQuery(runDetail),
    runs: buildQuery(runList),
    steps: buildQuery(stepList),
  };
  /** Logical time: index of the server's current snapshot. */
  let now = 0;
  let listsWrittenAt = 0;
  let receivedEvents = 0;
  const receivedAt = new Map<string, number>();
  let isStreaming = true;
  let following = createFollowState('new');
  let state: RunState = following.followed;
  let sending: { localId: string } | undefined;
  let isSent = false;
  let sync: { cursors: Cursor[]; from: number } | undefined;
  const settledStatus = new Map<string, string>();
  const textLengths = new Map<string, number>();
  const finishedMessages = new Set<string>();
  const listedIds = new Map<string, Set<string>>();
  const checked = new Map<string, unknown>();
  const finalMessages = snapshots.at(-1)?.messages ?? [];
  const detailHashes = new Map(
    finalMessages.map(({ id }) => [id, hashKey(keys.messageDetail(client.scope, threadId, id))]),
  );
  const positions = new Map(finalMessages.map(({ id }, index) => [id, index]));

  const getSnapshot = (time: number): Snapshot =>
    snapshots[Math.min(time, now)] ?? { run: undefined, messages: olderMessages, steps: [] };
  /** Requests can overtake each other, so a response may be of any age. */
  const getOlderSnapshot = (age: number): Snapshot => getSnapshot(now - (age % (now + 1)));
  /** A list is fetched by one request at a time, and again after a write. So its data is not older than either. */
  const getListSnapshot = (age: number, list: 'newest first' | 'oldest first'): Snapshot => {
    const from = Math.max(listsWrittenAt, receivedAt.get(list) ?? 0);
    const time = now - (age % (now - from + 1));
    receivedAt.set(list, time);
    return getSnapshot(time);
  };

  function deliverMessage(message: Message) {
    listsWrittenAt = now;
    writeMessage(queryClient, client.scope, message);
  }

  function dispatchFollow(event: FollowEvent) {
    following = reduceFollow(following, event);
    setState(following.followed);
  }

  function setState(next: RunState) {
    const before = state;
    state = next;
    emitSnapshots(
      before.messages,
      next.messages,
      (message) => message.status !== 'in_progress' && deliverMessage(message),
    );
    emitSnapshots(before.steps, next.steps, (step) => writeStep(queryClient, client.scope, step));
    if (next.run && next.run !== before.run) writeRun(queryClient, client.scope, next.run);
  }

  function receiveNewestFirst({ messages }: Snapshot) {
    const newestFirst = messages.toReversed();
    const page = { ...toPage(newestFirst), first_id: computeSyncCursor(newestFirst, null) };
    const data = { pages: [growPage(queries.newest.state.data, page)], pageParams: [null] };
    queries.newest.setData(data);
  }

  function receiveOldestFirst({ messages }: Snapshot) {
    const page = {
      ...toPage([...messages]),
      last_id: computeSyncCursor(messages.toReversed(), null),
    };
    queries.oldest.setData({ pages: [page], pageParams: [null] });
  }

  function finishSync({ messages }: Snapshot, cursors: readonly Cursor[]) {
    for (const cursor of cursors) {
      const position = messages.findIndex(({ id }) => id === cursor);
      // The server does not know the cursor yet, so it answers with an error.
      if (cursor !== null && position === -1) continue;
      updateLists<Message>(queryClient, keys.messageLists(client.scope, threadId), (data, query) =>
        mergeNewMessages(data, cursor, messages.slice(position + 1), query),
      );
      listsWrittenAt = now;
    }
  }

  const context = { client: queryClient, meta: undefined };
  const actions: Record<string, (age: number) => void> = {
    advance(steps) {
      now = Math.min(now + 1 + (steps % 9), snapshots.length - 1);
    },
    events(count) {
      // A chunk of a stream has several events.
      for (let left = count % 7; isStreaming && left >= 0; left--) {
        const event = events[receivedEvents];
        if (event === undefined || receivedEvents + 2 > now) return;
        receivedEvents += 1;
        dispatchFollow({ type: 'eventReceived', event: { ...event, id: `${receivedEvents}` } });
      }
    },
    /** A suspended page resumes and reads all events that have arrived. */
    burst() {
      now = snapshots.length - 1;
      while (isStreaming && receivedEvents < events.length) actions['events']?.(6);
    },
    cut() {
      isStreaming = false;
    },
    /** Continues the stream, or starts with the newest segment after a poll. */
    rejoin() {
      const { run } = state;
      const isWaiting = run === undefined || run.status === 'requires_action' || isSettled(run);
      if (!canRejoin || isStreaming || isWaiting) return;
      isStreaming = true;
      const { lastEventId } = following;
      receivedEvents =
        lastEventId === undefined ? findSegmentStart(events, now - 1) : Number(lastEventId);
    },
    poll(age) {
      const { run, messages, steps } = getOlderSnapshot(age);
      if (!run) return;
      // Messages and steps are polled only after the stream has ended: a delta continues the text of the stream.
      if (isStreaming) return dispatchFollow({ type: 'runReceived', run, source: 'cancel' });
      const result = upsertList(
        upsertList(applyRun(state, run), 'steps', steps),
        'messages',
        messages.filter((message) => message.run_id === runId),
      );
      dispatchFollow({ type: 'polled', result, canRejoin });
    },
    cancelled(age) {
      const { run } = getOlderSnapshot(age);
      if (!run) return;
      const cancelled = isSettled(run.status) ? run : { ...run, status: 'cancelling' as const };
      dispatchFollow({ type: 'runReceived', run: cancelled, source: 'cancel' });
      writeRun(queryClient, client.scope, cancelled);
    },
    submitted(age) {
      const { run } = getOlderSnapshot(age);
      if (run && !isSettled(run.status))
        writeRun(queryClient, client.scope, { ...run, status: 'queued' });
    },
    modified(age) {
      const { messages, run } = getOlderSnapshot(age);
      const message = messages.at(-1 - (age % 2));
      if (message) {
        const body = { metadata: { rating: `${age % 5}` } };
        listsWrittenAt = now;
        void modifyMessage.onSuccess?.(
          { ...message, ...body },
          { threadId, messageId: message.id, body },
          undefined,
          context,
        );
      }
      if (run) writeRun(queryClient, client.scope, { ...run, metadata: { rating: `${age % 5}` } });
    },
    sentInOtherTab() {
      if (now >= 1) deliverMessage(question);
    },
    runRead(age) {
      const { run } = getOlderSnapshot(age);
      if (run) queries.run.setData(run);
    },
    runsListed(age) {
      const { run } = getOlderSnapshot(age);
      if (run) queries.runs.setData({ pages: [toPage([run])], pageParams: [null] });
    },
    stepsListed(age) {
      queries.steps.setData({
        pages: [toPage(getOlderSnapshot(age).steps.toReversed())],
        pageParams: [null],
      });
    },
    newestFirstListed: (age) => receiveNewestFirst(getListSnapshot(age, 'newest first')),
    oldestFirstListed: (age) => receiveOldestFirst(getListSnapshot(age, 'oldest first')),
    syncStarted() {
      const lists = [queries.newest, queries.oldest].flatMap(({ state: { data } }, order) => {
        const cursor = data && readSyncCursor(data, order === 1 ? { order: 'asc' } : {});
        return cursor === undefined ? [] : [cursor];
      });
      sync = { cursors: [...new Set(lists)], from: now };
    },
    syncAnswered(age) {
      if (!sync) return;
      finishSync(getSnapshot(now - (age % (now - sync.from + 1))), sync.cursors);
      sync = undefined;
    },
    send() {
      if (isSent || now > 0) return;
      isSent = true;
      const params = {
        threadId,
        body: { role: 'user' as const, content: getRawMessageText(question) },
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- onMutate is synchronous
      sending = createMessage.onMutate?.(params, context) as { localId: string };
      listsWrittenAt = now;
    },
    sent() {
      if (!sending || now < 1) return;
      const params = {
        threadId,
        body: { role: 'user' as const, content: getRawMessageText(question) },
      };
      void createMessage.onSuccess?.(question, params, sending, context);
      listsWrittenAt = now;
      sending = undefined;
    },
  };

  function checkRun(where: string, run: Run | undefined) {
    if (!run) return;
    const settled = settledStatus.get(where);
    if (settled !== undefined)
      assert.equal(run.status, settled, `${where}: a settled run was reactivated`);
    else if (isSettled(run.status)) settledStatus.set(where, run.status);
  }

  /** Returns true if the data has changed since the last check. */
  function hasChanged(where: string, data: unknown): boolean {
    if (checked.get(where) === data) return false;
    checked.set(where, data);
    return true;
  }

  function checkGrowth(where: string, message: Message) {
    const { id, status } = message;
    const key = where + id;
    const length = getRawMessageText(message).length;
    if (length < (textLengths.get(key) ?? 0))
      assert.fail(`${where}: the text of ${id} got shorter`);
    textLengths.set(key, length);
    if (status !== 'in_progress') finishedMessages.add(key);
    else if (finishedMessages.has(key)) assert.fail(`${where}: ${id} is finished and grows again`);
  }

  function checkOrder(where: string, messages: readonly Message[]) {
    let last = -1;
    for (const { id } of messages) {
      const position = positions.get(id);
      if (position === undefined) continue;
      if (position <= last) assert.fail(`${where}: ${id} is out of order`);
      last = position;
    }
  }

  function checkMessages(where: string, messages: readonly Message[]) {
    for (const message of messages) checkGrowth(where, message);
    checkOrder(where, messages);
    const ids = new Set(messages.map(({ id }) => id));
    if (ids.size < messages.length) assert.fail(`${where}: a message is listed twice`);
    const questions = messages.filter(
      (message) =>
        message.role === 'user' && getRawMessageText(message) === getRawMessageText(question),
    );
    if (questions.length > 1) assert.fail(`${where}: the question is shown twice`);
    const known = listedIds.get(where) ?? new Set();
    for (const id of known) if (!ids.has(id)) assert.fail(`${where}: ${id} has disappeared`);
    for (const id of ids) if (positions.has(id)) known.add(id);
    listedIds.set(where, known);
  }

  return {
    actions,
    check() {
      checkRun('followed', state.run);
      checkRun('detail', queries.run.state.data);
      checkRun('list', queries.runs.state.data?.pages[0]?.data[0]);
      if (hasChanged('followed', state.messages)) checkMessages('followed', state.messages);
      for (const [name, options, query] of [
        ['newest first', messageList, queries.newest],
        ['oldest first', ascendingList, queries.oldest],
      ] as const) {
        const { data } = query.state;
        if (!data || !hasChanged(name, data)) continue;
        assert.equal(
          data.pages.flatMap((page) => page.data).length,
          options.select(data).length,
          `${name}: an item is in two pages`,
        );
        checkMessages(name, options.select(data));
      }
      for (const { id } of finalMessages) {
        const message = cache.get<Message>(detailHashes.get(id) ?? '')?.state.data;
        if (message && hasChanged(id, message)) checkMessages(id, [message]);
      }
    },
    /** Lets every request finish, and compares the result with the server. */
    finish() {
      now = snapshots.length - 1;
      actions['sent']?.(0);
      actions['cut']?.(0);
      actions['poll']?.(0);
      actions['runRead']?.(0);
      actions['syncStarted']?.(0);
      actions['syncAnswered']?.(0);
      receiveNewestFirst(getSnapshot(now));
      const withoutMetadata = (messages: readonly Message[]) =>
        messages.map((message) => ({ ...message, metadata: {} }));
      const { data } = queries.newest.state;
      assert.deepEqual(
        withoutMetadata(data ? messageList.select(data) : []),
        withoutMetadata(finalMessages),
      );
      assert.deepEqual(
        state.messages,
        finalMessages.filter((message) => message.run_id === runId),
      );
    },
  };
}

const actionNames = fc.oneof(
  { weight: 6, arbitrary: fc.constant('events') },
  { weight: 3, arbitrary: fc.constant('advance') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('poll', 'poll', 'newestFirstListed', 'oldestFirstListed'),
  },
  { weight: 4, arbitrary: fc.constantFrom('cut', 'burst', 'cancelled', 'submitted', 'modified') },
  { weight: 3, arbitrary: fc.constantFrom('rejoin') },
  { weight: 3, arbitrary: fc.constantFrom('runRead', 'runsListed', 'stepsListed') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('syncStarted', 'syncAnswered', 'send', 'sent', 'sentInOtherTab'),
  },
);
const action = fc.tuple(actionNames, fc.nat(40));
const interleaving = fc.tuple(
  fc.nat(histories.length - 1),
  fc.array(action, { minLength: 4, maxLength: 20, size: 'max' }),
);

it.each([
  ['continues streams', true],
  ['does not continue streams', false],
])(
  'keeps the run and its cache consistent for any interleaving of responses and events of a server that %s',
  async (_, canRejoin) => {
    const count = numRuns(100_000, 1_500);
    let actions = 0;
    await assertProperty(
      fc.property(interleaving, ([index, list]) => {
        const tab = createTab(histories[index] ?? createHistory([]), canRejoin);
        for (const [name, age] of list) {
          tab.actions[name]?.(age);
          tab.check();
        }
        tab.finish();
        tab.check();
        actions += list.length;
      }),
      { name: 'interleavings', full: 100_000, small: 1_500 },
    );
    expect(actions).toBeGreaterThan(10 * count);
  },
);
