import { encodeEvent } from '../../src/protocol/encodeEvent.js';

const run = {
  id: 'run_1',
  object: 'thread.run',
  created_at: 1_700_000_000,
  thread_id: 'thread_1',
  assistant_id: 'asst_1',
  status: 'in_progress',
  required_action: null,
  last_error: null,
  expires_at: 1_700_000_600,
  started_at: 1_700_000_000,
  cancelled_at: null,
  failed_at: null,
  completed_at: null,
  incomplete_details: null,
  model: 'scripted',
  instructions: '',
  tools: [],
  metadata: {},
  usage: null,
};

const message = {
  id: 'msg_1',
  object: 'thread.message',
  created_at: 1_700_000_001,
  thread_id: 'thread_1',
  status: 'in_progress',
  role: 'assistant',
  content: /** @type {object[]} */ ([]),
  assistant_id: 'asst_1',
  run_id: 'run_1',
  metadata: {},
};

/**
 * Returns the events of an answer. Each delta is about one token.
 * @param {number} deltas
 * @returns {{ event: string, data: any }[]}
 */
export function createAnswerEvents(deltas) {
  const words = Array.from({ length: deltas }, (_, index) => `word${index % 97} `);
  const content = [{ type: 'text', text: { value: words.join(''), annotations: [] } }];
  return [
    { event: 'thread.run.created', data: { ...run, status: 'queued' } },
    { event: 'thread.run.in_progress', data: run },
    { event: 'thread.message.created', data: message },
    ...words.map((value, index) => createDelta(value, index === 0)),
    { event: 'thread.message.completed', data: { ...message, status: 'completed', content } },
    { event: 'thread.run.completed', data: { ...run, status: 'completed' } },
  ];
}

/**
 * @param {readonly { event: string, data: unknown }[]} events
 * @returns {Uint8Array}
 */
export function encodeEvents(events) {
  return new TextEncoder().encode(
    events.map(({ event, data }) => encodeEvent(event, data)).join('') +
      encodeEvent('done', '[DONE]'),
  );
}

/**
 * Streams bytes in chunks of 1,400, the size of a network packet.
 * @param {Uint8Array} bytes
 * @returns {Response}
 */
export function respond(bytes) {
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + 1_400));
      at += 1_400;
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/**
 * Runs the tasks alternately and returns the median duration of each in milliseconds.
 * @param {number} rounds
 * @param {...(() => unknown)} tasks
 * @returns {Promise<number[]>}
 */
export async function medians(rounds, ...tasks) {
  const times = tasks.map(() => /** @type {number[]} */ ([]));
  // Two rounds warm the compiler up.
  for (let round = -2; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const beganAt = performance.now();
      await task();
      if (round >= 0) times[index]?.push(performance.now() - beganAt);
    }
  }
  return times.map((list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN);
}

/**
 * @param {string} value
 * @param {boolean} isFirst
 */
function createDelta(value, isFirst) {
  const text = isFirst ? { value, annotations: [] } : { value };
  return {
    event: 'thread.message.delta',
    data: {
      id: message.id,
      object: 'thread.message.delta',
      delta: { content: [{ index: 0, type: 'text', text }] },
    },
  };
}
