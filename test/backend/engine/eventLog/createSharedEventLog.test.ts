import { expect, it, onTestFinished } from 'vitest';
import { createEventLog } from '../../../../src/backend/engine/eventLog/createEventLog.js';
import { encodeEvents } from '../../../../src/backend/engine/eventLog/encodeEvents.js';
import { createSharedEventLog } from '../../../../src/backend/engine/eventLog/createSharedEventLog.js';
import type { EventsRecord, SharedEvents } from '../../../../src/backend/stores/Store.js';
import type { AssistantStreamEvent } from '../../../../src/protocol/types.js';

const MAX_STORED = 50;

const createEvent = (id: string): AssistantStreamEvent => ({
  event: 'thread.message.delta',
  data: { id, object: 'thread.message.delta', delta: {} },
});

/** Creates a log whose events are stored slowly: `onStore` is called while a batch is being stored. */
function createLog(onStore: () => void) {
  const stored: EventsRecord[][] = [];
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  const shared: SharedEvents = {
    async append(_, records) {
      stored.push([...records]);
      await Promise.resolve();
      if (!isOver && stored.length < MAX_STORED) onStore();
      return [];
    },
    read: async () => [],
    remove: async () => undefined,
    watch: () => undefined,
  };
  const log = createSharedEventLog({
    local: createEventLog(),
    shared,
    owner: 'process_a',
    onTakenOver: () => undefined,
  });
  return { log, stored };
}

it('does not wait for events that are appended during a flush', async () => {
  const { log, stored } = createLog(() => log.append('run_busy', createEvent('msg_busy')));
  log.append('run_a', createEvent('msg_a'));
  await log.flush();
  expect(stored.map((records) => records.map(({ runId }) => runId))).toEqual([['run_a']]);
});

it('waits for events that were appended while earlier ones were being stored', async () => {
  let later: Promise<void> | undefined;
  const { log, stored } = createLog(() => {
    if (later !== undefined) return;
    log.append('run_b', createEvent('msg_b'));
    later = Promise.all([log.flush(), log.flush()]).then(() => undefined);
  });
  log.append('run_a', createEvent('msg_a'));
  await log.flush();
  await later;
  expect(stored.map((records) => records.map(({ runId }) => runId))).toEqual([
    ['run_a'],
    ['run_b'],
  ]);
});

it('continues the streams of a run that another process has taken over', async () => {
  const events: EventsRecord[] = [];
  let isOwner = true;
  const shared: SharedEvents = {
    async append(_, records) {
      if (!isOwner) return records.map(({ runId }) => runId);
      events.push(...records);
      return [];
    },
    read: async (positions) =>
      events.filter(({ last }) => positions.some(({ after }) => last > after)),
    remove: async () => undefined,
    watch: () => undefined,
  };
  const log = createSharedEventLog({
    local: createEventLog(),
    shared,
    owner: 'process_a',
    onTakenOver: () => undefined,
  });
  log.append('run_a', createEvent('msg_1'));
  await log.flush();
  const reader = log.read('run_a', 0);
  isOwner = false;
  // Readers have these events, but no other process will see them.
  log.append('run_a', createEvent('msg_lost'));
  await log.flush();
  log.append('run_a', createEvent('msg_late'));
  // The log reads only the name of the event.
  const end = { event: 'thread.run.cancelled', data: { id: 'run_a' } } as AssistantStreamEvent;
  const text = encodeEvents([createEvent('msg_2'), end]);
  events.push({ runId: 'run_a', first: 2, last: 3, text, isFinal: true, isEnd: true });
  await log.follow('run_a');
  const received: string[] = [];
  for await (const { event, sequence } of reader ?? [])
    received.push(`${sequence} ${(event.data as { id: string }).id}`);
  expect(received).toEqual(['1 msg_1', '2 msg_lost', '3 msg_late', '4 msg_2', '5 run_a']);
  // Other readers get the numbers of the store.
  expect(log.getLast('run_a')).toBe(0);
  log.close();
});
