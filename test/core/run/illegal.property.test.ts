import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { numRuns } from '../../budget.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { reduceRun } from '../../../src/core/run/reduceRun.js';
import { emptyRunState, type RunState } from '../../../src/core/run/RunState.js';
import { aMessage, aRun, aStep } from './events.js';
import { legalRun } from './legalRuns.js';

const eventNames = [
  'thread.created',
  'thread.run.created',
  'thread.run.in_progress',
  'thread.run.completed',
  'thread.run.step.created',
  'thread.run.step.delta',
  'thread.run.step.completed',
  'thread.message.created',
  'thread.message.delta',
  'thread.message.completed',
  'thread.message.',
  'thread.run.__proto__',
  'thread.tea',
  '__proto__',
  '',
];
const ids = [
  'msg_0',
  'msg_1',
  'step_0',
  'step_1',
  'run_1',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];
const reservedKeys = ['__proto__', 'constructor', 'prototype'];

/** Any JSON value, including names and numbers that are dangerous for careless code. */
const hostile = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      1,
      1e9,
      2 ** 32,
      Number.MAX_SAFE_INTEGER,
      '',
      'text',
      'polluted',
      '1',
      [],
      {},
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(
        fc.tuple(
          fc.constantFrom(
            ...reservedKeys,
            'index',
            'type',
            'id',
            'text',
            'value',
            'content',
            'status',
            'function',
            'length',
            'toJSON',
            'then',
          ),
          tie('value'),
        ),
        { maxLength: 4 },
      )
      .map((entries) => parseEntries(entries)),
  ),
})).value;

/** Creates an object with the JSON parser, which makes `__proto__` an ordinary key. */
function parseEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
  );
}

const index = fc.constantFrom<unknown>(
  -1,
  -0,
  0,
  1,
  2,
  1.5,
  1e9,
  2 ** 31,
  2 ** 53,
  '0',
  '__proto__',
  null,
  [0],
  {},
  undefined,
);
const type = fc.constantFrom<unknown>(
  'text',
  'image_file',
  'refusal',
  'function',
  'code_interpreter',
  'dream',
  '__proto__',
  3,
  null,
  undefined,
);
/** Changes the prototype of an object that it is merged into without care. */
const reserved = fc
  .constantFrom(...reservedKeys)
  .map((key) => parseEntries([[key, { polluted: true }]]));
const reservedEntry = fc.record({
  index: fc.constant(0),
  type: fc.constant('text'),
  text: reserved,
});
const entry = fc.record(
  { index, type, text: hostile, function: hostile, code_interpreter: hostile, id: hostile },
  { requiredKeys: ['index', 'type'] },
);
const delta = fc.record(
  {
    content: fc.oneof(fc.array(entry, { maxLength: 3 }), fc.tuple(reservedEntry), hostile),
    step_details: fc.oneof(
      fc.record({
        type: fc.constantFrom('tool_calls', 'message_creation', 'dream'),
        tool_calls: fc.array(entry, { maxLength: 3 }),
      }),
      hostile,
    ),
    role: hostile,
  },
  { requiredKeys: [] },
);

const illegalEvent: fc.Arbitrary<AssistantStreamEvent> = fc
  .record({
    event: fc.constantFrom(...eventNames),
    data: fc.oneof(
      hostile,
      fc.record({ id: fc.constantFrom(...ids), delta: fc.oneof(delta, hostile) }),
      fc.record({
        id: fc.constantFrom(...ids),
        status: hostile,
        content: hostile,
        step_details: hostile,
      }),
      fc
        .tuple(
          fc.constantFrom(aRun(), aMessage('Hi', { id: 'msg_0' }), aStep({ id: 'step_0' })),
          hostile,
        )
        .map(([whole, fields]) => (typeof fields === 'object' ? { ...whole, ...fields } : whole)),
    ),
  })
  // No validation: these are events that a server must not send.
  .map((event) => event as unknown as AssistantStreamEvent);

/** Events of a legal run in any order, mixed with illegal events. */
const illegalRun = fc
  .tuple(
    legalRun,
    fc.array(fc.tuple(illegalEvent, fc.nat()), { minLength: 1, maxLength: 12 }),
    fc.boolean(),
    fc.array(fc.nat(), { maxLength: 30 }),
  )
  .map(([{ events }, illegalEvents, isShuffled, order]) => {
    const shuffled = isShuffled
      ? events
          .map((event, at) => ({ event, place: order[at % (order.length || 1)] ?? 0 }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event)
      : [...events];
    for (const [event, place] of illegalEvents)
      shuffled.splice(place % (shuffled.length + 1), 0, event);
    return shuffled;
  });

const prototypes = [Object, Array, String, Number, Function, Map, Set, Promise, Error].map(
  ({ prototype }) => prototype as object,
);

/** Serializes everything that prototype pollution would change. */
function takeFingerprint(): string {
  return JSON.stringify([
    prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String)),
    Object.keys(Object.getOwnPropertyDescriptors(globalThis)).length,
  ]);
}

/** Asserts everything that components rely on, for any events. */
function assertShape(state: RunState): void {
  for (const list of [state.messages, state.steps]) {
    assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
    for (const { id } of list) assert.equal(typeof id, 'string');
  }
  for (const { content } of state.messages) {
    assert.ok(Array.isArray(content) && content.length <= 100);
    assert.equal(Object.keys(content).length, content.length);
  }
  for (const { step_details } of state.steps)
    assert.ok(typeof step_details === 'object' && step_details !== null);
  assert.ok(state.run === undefined || typeof state.run.status === 'string');
  for (const object of [...state.messages, ...state.steps])
    assertPlain([object.id, 'content' in object ? object.content : object.step_details]);
}

/** Asserts that objects and arrays have their default prototypes. */
function assertPlain(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  assert.equal(
    Object.getPrototypeOf(value),
    Array.isArray(value) ? Array.prototype : Object.prototype,
  );
  for (const entry of Object.values(value)) assertPlain(entry);
}

it('neither throws nor changes prototypes for illegal runs', async () => {
  const count = numRuns(10_000, 1_000);
  const before = takeFingerprint();
  let rejected = 0;
  await assertProperty(
    fc.property(illegalRun, (events) => {
      const sent = JSON.stringify(events);
      const states = [emptyRunState];
      for (const event of events) states.push(reduceRun(states.at(-1) ?? emptyRunState, event));
      const end = states.at(-1) ?? emptyRunState;
      states.forEach(assertShape);
      assert.equal(JSON.stringify(events), sent);
      assert.equal(takeFingerprint(), before);
      if (end.isDesynced) rejected += 1;
    }),
    { name: 'illegalRuns', full: count, small: count },
  );
  expect(rejected).toBeGreaterThan(count / 2);
});

it('has the correct messages and run after legal final events', async () => {
  await assertProperty(
    fc.property(illegalRun, legalRun, (events, { messages, run }) => {
      const known = events.reduce(reduceRun, emptyRunState);
      const finalEvents = messages.map((message) => ({
        event: `thread.message.${message.status}` as const,
        data: message,
      }));
      const state = finalEvents.reduce(reduceRun, known);
      for (const message of messages)
        assert.deepEqual(
          state.messages.find(({ id }) => id === message.id),
          message,
        );
      assert.equal(
        reduceRun({ ...state, run: undefined }, { event: 'thread.run.completed', data: run }).run,
        run,
      );
    }),
    { name: 'illegalEnds', full: 1_000, small: 200 },
  );
});

it('keeps a valid state while following an illegal run', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const before = takeFingerprint();
  await assertProperty(
    fc.asyncProperty(illegalRun, async (events) => {
      // The final event lets the run settle.
      const all = [
        ...events,
        { event: 'thread.run.completed', data: aRun({ status: 'completed' }) },
      ];
      const text = all.map(({ event, data }) => encodeEvent(event, data ?? null)).join('');
      const client = createAssistantsClient({
        baseUrl: 'http://server.test/v1',
        retry: 0,
        fetch: async ({ method }) =>
          method === 'POST'
            ? new Response(text, { headers: { 'content-type': 'text/event-stream' } })
            : Response.json({ error: { message: 'Gone' } }, { status: 404 }),
      });
      const seen: RunState[] = [];
      const followed = followRun(client, {
        createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } },
      });
      followed.subscribe(() => seen.push(followed.getState()));
      await vi.advanceTimersByTimeAsync(30_000);
      assert.match(followed.getState().phase, /^(settled|failed)$/);
      for (const state of [...seen, followed.getState()]) assertShape(state);
    }),
    { name: 'illegalFollowing', full: 500, small: 100 },
  );
  expect(takeFingerprint()).toBe(before);
});
