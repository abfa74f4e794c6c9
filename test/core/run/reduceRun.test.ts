import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { reduceRun } from '../../../src/core/run/reduceRun.js';
import { emptyRunState, type RunState } from '../../../src/core/run/RunState.js';
import type { AssistantStreamEvent } from '../../../src/protocol/types.js';
import { aMessage, aRun, aStep, callDelta, textDelta } from './events.js';

const reduceAll = (events: AssistantStreamEvent[], from: RunState = emptyRunState) =>
  events.reduce(reduceRun, from);
const getText = (state: RunState, index = 0) => {
  const part = state.messages[index]?.content[0];
  return part?.type === 'text' ? part.text.value : undefined;
};

const aMessageRun: AssistantStreamEvent[] = [
  { event: 'thread.run.created', data: aRun() },
  { event: 'thread.run.in_progress', data: aRun({ status: 'in_progress' }) },
  { event: 'thread.message.created', data: aMessage(undefined) },
  { event: 'thread.message.in_progress', data: aMessage(undefined) },
  textDelta('Hel'),
  textDelta('lo'),
  { event: 'thread.message.completed', data: aMessage('Hello!', { status: 'completed' }) },
  { event: 'thread.run.completed', data: aRun({ status: 'completed' }) },
];

describe('reduceRun', () => {
  it('shows reasoning before its step exists, and that of one step at a time', () => {
    const event = 'thread.run.step.reasoning.delta';
    const change = (id: string, delta: object): AssistantStreamEvent => ({
      event,
      data: { id, object: event, delta },
    });
    const first = reduceAll([change('step_1', { text: 'a' }), change('step_1', { text: 'b' })]);
    expect(first).toEqual({
      ...emptyRunState,
      reasoning: { id: 'step_1', text: 'ab', duration_ms: null },
    });
    const second = reduceAll(
      [
        change('step_2', { text: 'c' }),
        change('step_2', { duration_ms: 7 }),
        change('step_2', { text: 'd', duration_ms: null, truncated: true }),
      ],
      first,
    );
    expect(second.reasoning).toEqual({
      id: 'step_2',
      text: 'cd',
      duration_ms: null,
      truncated: true,
    });
  });

  it('appends deltas to a message', () => {
    expect(getText(reduceAll(aMessageRun.slice(0, 6)))).toBe('Hello');
  });

  it('replaces the accumulated message by the completed one', () => {
    expect(getText(reduceAll(aMessageRun))).toBe('Hello!');
  });

  it('separates two calls with interleaved arguments', () => {
    const { steps } = reduceAll([
      { event: 'thread.run.step.created', data: aStep() },
      callDelta(0, '', 'first'),
      callDelta(1, '', 'second'),
      callDelta(0, '{"a":'),
      callDelta(1, '{"b":'),
      callDelta(1, '2}'),
      callDelta(0, '1}'),
    ]);
    const details = steps[0]?.step_details;
    expect(details?.type === 'tool_calls' && details.tool_calls).toMatchObject([
      { id: 'call_0', function: { name: 'first', arguments: '{"a":1}', output: null } },
      { id: 'call_1', function: { name: 'second', arguments: '{"b":2}', output: null } },
    ]);
  });

  it('keeps the text if a late event has the message without it', () => {
    const late = { event: 'thread.message.in_progress', data: aMessage(undefined) } as const;
    expect(getText(reduceAll([...aMessageRun.slice(0, 6), late]))).toBe('Hello');
  });

  it('does not change a completed message by late events', () => {
    const done = reduceAll(aMessageRun);
    expect(
      reduceAll(
        [textDelta(' again'), { event: 'thread.message.in_progress', data: aMessage(undefined) }],
        done,
      ),
    ).toBe(done);
  });

  it('does not reactivate a settled run', () => {
    const done = reduceAll(aMessageRun);
    expect(
      reduceRun(done, { event: 'thread.run.in_progress', data: aRun({ status: 'in_progress' }) }),
    ).toBe(done);
  });

  it('ignores events of another run', () => {
    const before = reduceAll(aMessageRun.slice(0, 2));
    expect(
      reduceRun(before, {
        event: 'thread.run.completed',
        data: aRun({ id: 'run_2', status: 'completed' }),
      }),
    ).toBe(before);
  });

  it('ignores unknown events', () => {
    const before = reduceAll(aMessageRun.slice(0, 5));
    const unknown = {
      event: 'thread.run.paused.for.tea',
      data: { id: 'x' },
    } as unknown as AssistantStreamEvent;
    expect(
      reduceRun(before, { ...unknown, event: 'telemetry' } as unknown as AssistantStreamEvent),
    ).toBe(before);
    expect(reduceRun(before, unknown).messages).toBe(before.messages);
  });

  it('sets isDesynced for a delta without its message or step', () => {
    expect(reduceRun(emptyRunState, textDelta('orphan')).isDesynced).toBe(true);
    expect(reduceRun(emptyRunState, callDelta(0, '{')).isDesynced).toBe(true);
  });

  it('keeps the identity of objects that an event does not change', () => {
    const events = [
      ...aMessageRun.slice(0, 6),
      { event: 'thread.run.step.created', data: aStep() } as const,
    ];
    const before = reduceAll(events);
    const after = reduceRun(before, textDelta('!'));
    expect(after.steps).toBe(before.steps);
    expect(after.run).toBe(before.run);
    expect(getText(before)).toBe('Hello');
  });

  it('neither throws nor changes prototypes for arbitrary data', async () => {
    const names = fc.constantFrom(
      'thread.created',
      'thread.run.created',
      'thread.run.completed',
      'thread.run.step.created',
      'thread.run.step.delta',
      'thread.message.created',
      'thread.message.delta',
      'thread.message.completed',
      'other',
      '__proto__',
    );
    const keys = fc.constantFrom(
      'id',
      'delta',
      'content',
      'index',
      'type',
      'text',
      'value',
      '__proto__',
      'constructor',
      'status',
    );
    const ids = fc.constantFrom(
      'msg_1',
      'step_1',
      'run_1',
      '__proto__',
      'constructor',
      'toString',
      '',
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(ids, fc.integer(), fc.constant(null), fc.double(), fc.boolean()),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.array(fc.tuple(keys, tie('json')), { maxLength: 4 }).map((entries) => {
          const text = entries
            .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value ?? null)}`)
            .join(',');
          return JSON.parse(`{${text}}`) as unknown;
        }),
      ),
    }));
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    await assertProperty(
      fc.property(fc.array(fc.tuple(names, json), { maxLength: 12 }), (events) => {
        const start = reduceAll(aMessageRun.slice(0, 5));
        reduceAll(
          events.map(([event, data]) => ({ event, data }) as unknown as AssistantStreamEvent),
          start,
        );
        expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { name: 'reduceRun', full: 2_000, small: 2_000 },
    );
  });
});
