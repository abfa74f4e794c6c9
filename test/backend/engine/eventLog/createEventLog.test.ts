import { describe, expect, test } from 'vitest';
import {
  createEventLog,
  type EventLogOptions,
} from '../../../../src/backend/engine/eventLog/createEventLog.js';
import type { EventReader } from '../../../../src/backend/engine/eventLog/LogReader.js';
import type { AssistantStreamEvent } from '../../../../src/protocol/types.js';
import { collect } from '../../createRunHarness.js';

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

const status = (name: 'requires_action' | 'completed'): AssistantStreamEvent =>
  // The log reads only the name of the event.
  ({ event: `thread.run.${name}`, data: { id: 'run_a', status: name } }) as AssistantStreamEvent;

function createLog(options?: EventLogOptions) {
  const log = createEventLog(options);
  log.open('run_a');
  const read = (after = 0, signal?: AbortSignal): EventReader => {
    const reader = log.read('run_a', after, signal);
    if (reader === undefined) throw new Error(`The log has no events after ${after}.`);
    return reader;
  };
  const append = (...events: AssistantStreamEvent[]) => log.append('run_a', ...events);
  const readEvents = async (after = 0) => (await collect(read(after))).map(({ event }) => event);
  return { log, read, append, readEvents };
}

describe('reading', () => {
  test('numbers the events of each run from 1', async () => {
    const { log, read, append } = createLog();
    log.append('run_b', text('b'));
    append(text('a'), failure);

    expect(await collect(read())).toEqual([
      { sequence: 1, event: text('a') },
      { sequence: 2, event: failure },
    ]);
    expect([log.getLast('run_a'), log.getLast('run_b'), log.getLast('run_c')]).toEqual([2, 1, 0]);
  });

  test.each([0, 1, 2, 3, 4])(
    'gives the rest to a reader that joins after event %i',
    async (after) => {
      const { append, readEvents } = createLog();
      const events = [text('a'), text('b'), mark(0), status('completed')];
      append(...events);

      expect(await readEvents(after)).toEqual(events.slice(after));
    },
  );

  test('delivers past and future events without a gap', async () => {
    const { read, append } = createLog();
    append(text('a'));
    const reader = read();
    const first = await reader.next();
    const second = reader.next();
    append(text('b'));

    expect([first.value?.event, (await second).value?.event]).toEqual([text('a'), text('b')]);
  });

  test('ends at requires_action, and continues for a reader that joins after it', async () => {
    const { append, read, readEvents } = createLog();
    append(text('a'), status('requires_action'));
    const waiting = read(2);
    const next = waiting.next();
    append(text('b'), status('completed'));

    expect(await readEvents()).toEqual([text('a'), status('requires_action')]);
    expect((await next).value).toEqual({ sequence: 3, event: text('b') });
    expect(await collect(waiting)).toEqual([{ sequence: 4, event: status('completed') }]);
  });

  test.each([
    ['with the first event', [text('a')], 0],
    [
      'with what led to requires_action while the run waits',
      [text('a'), status('requires_action')],
      0,
    ],
    ['after the last requires_action', [status('requires_action'), text('b')], 1],
    [
      'after the last requires_action of a settled run',
      [
        text('a'),
        status('requires_action'),
        status('requires_action'),
        text('c'),
        status('completed'),
      ],
      3,
    ],
    ['after an error', [text('a'), failure, status('completed')], 2],
  ])('starts %s without a sequence number', (_, events, before) => {
    const { log, append } = createLog();
    append(...events);

    expect(log.read('run_a', undefined)?.take()).toEqual({
      sequence: before + 1,
      event: events[before],
    });
  });

  test('starts with the next event of a run that another process has continued', async () => {
    const log = createEventLog();
    log.open('run_a', 7);
    const next = log.read('run_a', undefined)?.next();
    log.append('run_a', text('a'));

    expect((await next)?.value).toEqual({ sequence: 8, event: text('a') });
  });

  test('has no events after one that does not exist', () => {
    const { log } = createLog();

    expect(log.read('run_a', 1)).toBeUndefined();
    expect(log.read('run_unknown', 0)).toBeUndefined();
  });

  test('continues the numbers of another process', async () => {
    const log = createEventLog();
    log.open('run_a', 7);
    log.append('run_a', status('completed'));

    expect(log.read('run_a', 6)).toBeUndefined();
    expect(await collect(log.read('run_a', 7) as EventReader)).toEqual([
      { sequence: 8, event: status('completed') },
    ]);
  });

  test('ends a waiting reader on abort', async () => {
    const { read } = createLog();
    const controller = new AbortController();
    const next = read(0, controller.signal).next();
    controller.abort();

    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('delivers nothing for an aborted signal', async () => {
    const { read, append } = createLog();
    const reader = read(0, AbortSignal.abort());
    append(text('a'));

    expect(await collect(reader)).toEqual([]);
  });

  test('ends without the end of the run when the run is removed', async () => {
    const { log, read, append } = createLog();
    append(text('a'));
    const reader = read();
    log.remove('run_a');

    expect((await collect(reader)).map(({ event }) => event)).toEqual([text('a')]);
    expect(log.read('run_a', 0)).toBeUndefined();
  });
});

describe('slow readers', () => {
  test('get merged text deltas with the number of the last one', async () => {
    const { read, append } = createLog({ lag: 2 });
    append(...Array.from('abcdef', (letter) => text(letter)), failure);

    expect(await collect(read())).toEqual([
      { sequence: 6, event: text('abcdef') },
      { sequence: 7, event: failure },
    ]);
  });

  test('get text deltas merged with text deltas only', async () => {
    const { append, readEvents } = createLog({ lag: 0 });
    const events = [text('a'), mark(0), mark(1), text('b', 1), failure];
    append(...events);

    expect(await readEvents()).toEqual(events);
  });

  test('do not change what other readers get', async () => {
    const { read, append } = createLog({ lag: 1 });
    const [quick, slow] = [read(), read()];
    const first = text('a');
    append(first);
    const seen = await quick.next();
    append(text('b'));

    expect(seen.value?.event).toBe(first);
    expect(first).toEqual(text('a'));
    expect((await slow.next()).value?.event).toEqual(text('ab'));
  });

  test('end when their next event was removed', async () => {
    const { read, append } = createLog({ lag: 2, limit: 10 });
    const reader = read();
    for (let index = 0; index < 1000; index++) append(mark(index));

    expect(await collect(reader)).toEqual([]);
  });
});

describe('memory', () => {
  test('keeps the newest events of a run up to the limit', () => {
    const { log, append } = createLog({ limit: 8 });
    for (let index = 0; index < 100; index++) append(mark(index));
    const isKept = Array.from(
      { length: 101 },
      (_, after) => log.read('run_a', after) !== undefined,
    );

    expect(isKept.indexOf(true)).toBe(92);
    expect(isKept.slice(92)).not.toContain(false);
  });

  test('keeps the text that is being written beyond the limit', () => {
    const { read, append } = createLog({ limit: 8 });
    append(mark(0), ...Array.from('abcdefghijkl', (letter) => text(letter)));

    expect(read(1).take()).toEqual({ sequence: 2, event: text('a') });
  });

  test('removes a settled run after its retention time', () => {
    let nowMs = 5_000;
    const { log, append } = createLog({ retentionMs: 1_000, now: () => nowMs });
    append(text('a'), status('completed'));

    nowMs += 999;
    expect(log.read('run_a', 0)).toBeDefined();
    nowMs += 1;
    expect(log.read('run_a', 0)).toBeUndefined();
    expect(log.getLast('run_a')).toBe(0);
  });

  test('removes a run that has ended with an error, also if it settles later', () => {
    let nowMs = 5_000;
    const { log, append } = createLog({ retentionMs: 1_000, now: () => nowMs });
    append(text('a'), failure);
    nowMs += 999;
    append(status('completed'));
    nowMs += 999;
    expect(log.read('run_a', 2)).toBeDefined();
    nowMs += 1;
    expect(log.read('run_a', 2)).toBeUndefined();

    log.append('run_b', failure);
    nowMs += 1_000;
    expect(log.read('run_b', 0)).toBeUndefined();
  });

  test('removes the oldest settled runs beyond the limit', () => {
    const log = createEventLog({ settledLimit: 5 });
    for (const id of ['run_a', 'run_b', 'run_c']) log.append(id, text(id), status('completed'));
    log.append('run_d', text('d'));

    expect(['run_a', 'run_b', 'run_c', 'run_d'].map((id) => log.getLast(id))).toEqual([0, 2, 2, 1]);
  });

  test('ignores events after the end of a run', () => {
    const { log, append } = createLog();
    append(status('completed'), text('late'));

    expect(log.getLast('run_a')).toBe(1);
  });
});
