import { expect, it } from 'vitest';
import { createEventLog } from '../../../../src/backend/engine/eventLog/createEventLog.js';
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
  const shared: SharedEvents = {
    async append(_, records) {
      stored.push([...records]);
      await Promise.resolve();
      if (stored.length < MAX_STORED) onStore();
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
