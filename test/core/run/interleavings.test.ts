import assert from 'node:assert/strict';
import { QueryClient, type DataTag, type Query, type QueryKey } from '@tanstack/react-query';
import fc from 'fast-check';
import { expect, it } from 'vitest';
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
  emptyRunState,
  applyRun,
  reduceRun,
  type RunState,
} from '../../../src/core/run/reduceRun.js';
import { emitSnapshots } from '../../../src/core/run/emitSnapshots.js';
import { aMessage } from './events.js';
import { legalRun } from './legalRuns.js';

const threadId = 'thread_1';
const runId = 'run_1';
const person = { role: 'user', run_id: null, assistant_id: null, status: 'completed' } as const;
const older = ['What was', 'What is'].map((text, at) =>
  aMessage(text, { ...person, id: `msg_older_${at}`, created_at: 1_699_999_000 + at }),
);
const question = aMessage('What will be', {
  ...person,
  id: 'msg_question',
  created_at: 1_700_000_000,
});

/** What the server has at one moment. */
interface Moment {
  run: Run | undefined;
  messages: readonly Message[];
  steps: readonly RunStep[];
}

/** A run as it goes: the events in their order, and what the server has behind each. The first two come before the run. */
interface History {
  events: readonly AssistantStreamEvent[];
  moments: readonly Moment[];
}

function historyOf(events: readonly AssistantStreamEvent[]): History {
  const moments: Moment[] = [
    { run: undefined, messages: older, steps: [] },
    { run: undefined, messages: [...older, question], steps: [] },
  ];
  let state = emptyRunState;
  for (const event of events) {
    state = reduceRun(state, event);
    moments.push({
      run: state.run,
      messages: [...older, question, ...state.messages],
      steps: state.steps,
    });
  }
  return { events, moments };
}

const histories = fc
  .sample(legalRun, { numRuns: 200, seed: 20 })
  .map(({ events }) => historyOf(events));
// Never sent to: what it asks for is answered by the histories.
const client = createAssistantsClient({ baseUrl: 'http://server.test/v1', scope: 'test' });
// Keys of this package are made in one place, so that their fields need no sorting.
const hashOf = (queryKey: QueryKey) => JSON.stringify(queryKey);
const queryClient = new QueryClient({
  defaultOptions: { queries: { gcTime: Infinity, queryKeyHashFn: hashOf } },
});
const messageList = listMessagesOptions(client, { threadId });
const ascendingList = listMessagesOptions(client, { threadId, query: { order: 'asc' } });
const runDetail = getRunOptions(client, { threadId, runId });
const runList = listRunsOptions(client, { threadId });
const stepList = listRunStepsOptions(client, { threadId, runId });
const createMessage = createMessageOptions(client);
const modifyMessage = modifyMessageOptions(client);
const cache = queryClient.getQueryCache();

/** A query as an observer would make it: what is written to it goes through its own merge. */
function build<Data>({
  queryKey,
  structuralSharing,
}: {
  queryKey: DataTag<QueryKey, Data, unknown>;
  structuralSharing: unknown;
}) {
  const options = { queryKey, queryHash: hashOf(queryKey), structuralSharing };
  // The key is tagged with what the query holds.
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

/** What one page, one tab, is told, and what it makes of it. */
function createObserver({ events, moments }: History) {
  queryClient.clear();
  const queries = {
    newest: build(messageList),
    oldest: build(ascendingList),
    run: build(runDetail),
    runs: build(runList),
    steps: build(stepList),
  };
  let now = 0;
  let listsWrittenAt = 0;
  let told = 0;
  const landedAt = new Map<string, number>();
  let isStreaming = true;
  let state: RunState = emptyRunState;
  let sending: { localId: string } | undefined;
  let isSent = false;
  let sync: { cursors: Cursor[]; from: number } | undefined;
  const settledStatus = new Map<string, string>();
  const growth = new Map<string, number>();
  const finished = new Set<string>();
  const listed = new Map<string, Set<string>>();
  const checked = new Map<string, unknown>();
  const truth = moments.at(-1)?.messages ?? [];
  const detailHashes = new Map(
    truth.map(({ id }) => [id, hashOf(keys.messageDetail(client.scope, threadId, id))]),
  );
  const places = new Map(truth.map(({ id }, at) => [id, at]));

  const at = (time: number): Moment =>
    moments[Math.min(time, now)] ?? { run: undefined, messages: older, steps: [] };
  const any = (age: number): Moment => at(now - (age % (now + 1)));
  /** One fetch of a list follows the other, and one that a write overtakes is sent again: what arrives is as new as both. */
  const sinceWrite = (age: number, list: 'newest first' | 'oldest first'): Moment => {
    const from = Math.max(listsWrittenAt, landedAt.get(list) ?? 0);
    const time = now - (age % (now - from + 1));
    landedAt.set(list, time);
    return at(time);
  };

  function tellMessage(message: Message) {
    listsWrittenAt = now;
    writeMessage(queryClient, client.scope, message);
  }

  function set(next: RunState) {
    const before = state;
    state = next;
    emitSnapshots(
      before.messages,
      next.messages,
      (message) => message.status !== 'in_progress' && tellMessage(message),
    );
    emitSnapshots(before.steps, next.steps, (step) => writeStep(queryClient, client.scope, step));
    if (next.run && next.run !== before.run) writeRun(queryClient, client.scope, next.run);
  }

  function landMessages({ messages }: Moment) {
    const newestFirst = messages.toReversed();
    const page = { ...toPage(newestFirst), first_id: computeSyncCursor(newestFirst, null) };
    const data = { pages: [growPage(queries.newest.state.data, page)], pageParams: [null] };
    queries.newest.setData(data);
  }

  function landAscending({ messages }: Moment) {
    const page = {
      ...toPage([...messages]),
      last_id: computeSyncCursor(messages.toReversed(), null),
    };
    queries.oldest.setData({ pages: [page], pageParams: [null] });
  }

  function finishSync({ messages }: Moment, cursors: readonly Cursor[]) {
    for (const cursor of cursors) {
      const place = messages.findIndex(({ id }) => id === cursor);
      // Unknown to a server that is asked for what lies behind it: nothing is merged.
      if (cursor !== null && place === -1) continue;
      updateLists<Message>(queryClient, keys.messageLists(client.scope, threadId), (data, query) =>
        mergeNewMessages(data, cursor, messages.slice(place + 1), query),
      );
      listsWrittenAt = now;
    }
  }

  const context = { client: queryClient, meta: undefined };
  const acts: Record<string, (age: number) => void> = {
    time: (steps) => void (now = Math.min(now + 1 + (steps % 9), moments.length - 1)),
    events(count) {
      // One behind the other, as they come in one chunk of bytes.
      for (let left = count % 7; isStreaming && left >= 0; left--) {
        const event = events[told];
        if (event === undefined || told + 2 > now) return;
        told += 1;
        set(reduceRun(state, event));
      }
    },
    /** A page that slept reads all that has come meanwhile. */
    burst() {
      now = moments.length - 1;
      while (isStreaming && told < events.length) acts['events']?.(6);
    },
    cut: () => void (isStreaming = false),
    poll(age) {
      const { run, messages, steps } = any(age);
      if (!run) return;
      let next = applyRun(state, run);
      // While a stream tells of them, nothing else does: a delta goes on from where the stream is.
      if (!isStreaming) {
        next = upsertList(
          upsertList(next, 'steps', steps),
          'messages',
          messages.filter((message) => message.run_id === runId),
        );
      }
      set(next);
    },
    cancelled(age) {
      const { run } = any(age);
      if (!run) return;
      const answer = isSettled(run.status) ? run : { ...run, status: 'cancelling' as const };
      set(applyRun(state, answer));
      writeRun(queryClient, client.scope, answer);
    },
    submitted(age) {
      const { run } = any(age);
      if (run && !isSettled(run.status))
        writeRun(queryClient, client.scope, { ...run, status: 'queued' });
    },
    modified(age) {
      const { messages, run } = any(age);
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
    sentElsewhere() {
      if (now >= 1) tellMessage(question);
    },
    runRead(age) {
      const { run } = any(age);
      if (run) queries.run.setData(run);
    },
    runsListed(age) {
      const { run } = any(age);
      if (run) queries.runs.setData({ pages: [toPage([run])], pageParams: [null] });
    },
    stepsListed(age) {
      queries.steps.setData({ pages: [toPage(any(age).steps.toReversed())], pageParams: [null] });
    },
    messagesListed: (age) => landMessages(sinceWrite(age, 'newest first')),
    messagesListedAscending: (age) => landAscending(sinceWrite(age, 'oldest first')),
    syncBegun() {
      const lists = [queries.newest, queries.oldest].flatMap(({ state: { data } }, order) => {
        const cursor = data && readSyncCursor(data, order === 1 ? { order: 'asc' } : {});
        return cursor === undefined ? [] : [cursor];
      });
      sync = { cursors: [...new Set(lists)], from: now };
    },
    syncAnswered(age) {
      if (!sync) return;
      finishSync(at(now - (age % (now - sync.from + 1))), sync.cursors);
      sync = undefined;
    },
    send() {
      if (isSent || now > 0) return;
      isSent = true;
      const params = {
        threadId,
        body: { role: 'user' as const, content: getRawMessageText(question) },
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it answers at once
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
      assert.equal(run.status, settled, `${where}: a settled run turned back`);
    else if (isSettled(run.status)) settledStatus.set(where, run.status);
  }

  /** Whether this is not what was checked last. */
  function isNew(where: string, data: unknown): boolean {
    if (checked.get(where) === data) return false;
    checked.set(where, data);
    return true;
  }

  function checkMessages(where: string, messages: readonly Message[]) {
    const seen = new Set<string>();
    let last = -1;
    let questions = 0;
    for (const message of messages) {
      const { id } = message;
      const key = where + id;
      const length = getRawMessageText(message).length;
      if (length < (growth.get(key) ?? 0)) assert.fail(`${where}: the text of ${id} got shorter`);
      growth.set(key, length);
      if (message.status !== 'in_progress') finished.add(key);
      else if (finished.has(key)) assert.fail(`${where}: ${id} had ended, and grows again`);
      if (seen.has(id)) assert.fail(`${where}: ${id} is doubled`);
      seen.add(id);
      if (message.role === 'user' && getRawMessageText(message) === getRawMessageText(question))
        questions += 1;
      const place = places.get(id);
      if (place === undefined) continue;
      if (place <= last) assert.fail(`${where}: ${id} is out of order`);
      last = place;
    }
    if (questions > 1) assert.fail(`${where}: what was sent is shown twice`);
    const known = listed.get(where) ?? new Set();
    for (const id of known) if (!seen.has(id)) assert.fail(`${where}: ${id} is lost`);
    for (const id of seen) if (places.has(id)) known.add(id);
    listed.set(where, known);
  }

  return {
    acts,
    check() {
      checkRun('followed', state.run);
      checkRun('detail', queries.run.state.data);
      checkRun('list', queries.runs.state.data?.pages[0]?.data[0]);
      if (isNew('followed', state.messages)) checkMessages('followed', state.messages);
      for (const [name, options, query] of [
        ['newest first', messageList, queries.newest],
        ['oldest first', ascendingList, queries.oldest],
      ] as const) {
        const { data } = query.state;
        if (!data || !isNew(name, data)) continue;
        assert.equal(
          data.pages.flatMap((page) => page.data).length,
          options.select(data).length,
          `${name}: an item is in two pages`,
        );
        checkMessages(name, options.select(data));
      }
      for (const { id } of truth) {
        const message = cache.get<Message>(detailHashes.get(id) ?? '')?.state.data;
        if (message && isNew(id, message)) checkMessages(id, [message]);
      }
    },
    /** Everything comes to its end, and the last word is the server's. */
    finish() {
      now = moments.length - 1;
      acts['sent']?.(0);
      acts['cut']?.(0);
      acts['poll']?.(0);
      acts['runRead']?.(0);
      acts['syncBegun']?.(0);
      acts['syncAnswered']?.(0);
      landMessages(at(now));
      const plain = (messages: readonly Message[]) =>
        messages.map((message) => ({ ...message, metadata: {} }));
      const { data } = queries.newest.state;
      assert.deepEqual(plain(data ? messageList.select(data) : []), plain(truth));
      assert.deepEqual(
        state.messages,
        truth.filter((message) => message.run_id === runId),
      );
    },
  };
}

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constant('events') },
  { weight: 3, arbitrary: fc.constant('time') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('poll', 'poll', 'messagesListed', 'messagesListedAscending'),
  },
  { weight: 4, arbitrary: fc.constantFrom('cut', 'burst', 'cancelled', 'submitted', 'modified') },
  { weight: 3, arbitrary: fc.constantFrom('runRead', 'runsListed', 'stepsListed') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('syncBegun', 'syncAnswered', 'send', 'sent', 'sentElsewhere'),
  },
);
const act = fc.tuple(names, fc.nat(40));
const interleaving = fc.tuple(
  fc.nat(histories.length - 1),
  fc.array(act, { minLength: 4, maxLength: 20, size: 'max' }),
);

it('keeps 100,000 interleavings of all that tells of a run in order', { timeout: 200_000 }, () => {
  let acts = 0;
  fc.assert(
    fc.property(interleaving, ([number, list]) => {
      const observer = createObserver(histories[number] ?? historyOf([]));
      for (const [name, age] of list) {
        observer.acts[name]?.(age);
        observer.check();
      }
      observer.finish();
      observer.check();
      acts += list.length;
    }),
    { numRuns: 100_000 },
  );
  expect(acts).toBeGreaterThan(1_000_000);
});
