import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineTool, type ToolContext } from '../../../src/core/tools/defineTool.js';
import { toolWorld } from './toolHarness.js';

const cycle: { self?: unknown } = {};
cycle.self = cycle;

const error = (code: string, message: unknown) => ({ error: { code, message } });
const never = () => new Promise<never>(() => undefined);

describe('a handler', () => {
  it.each<[string, (input: unknown, context: ToolContext) => unknown, unknown]>([
    ['returns text', () => 'plain', 'plain'],
    ['returns an object', () => ({ a: [1] }), '{"a":[1]}'],
    ['returns an empty text', () => '', ''],
    ['returns undefined', () => undefined, 'null'],
    ['returns null', () => null, 'null'],
    ['returns false', () => false, 'false'],
    ['returns a BigInt', () => 12345678901234567890n, '"12345678901234567890"'],
    ['returns a BigInt inside', () => ({ id: 1n }), '{"id":"1"}'],
    ['returns a cycle', () => cycle, '{"self":"[circular]"}'],
    [
      'returns a function',
      () => () => 1,
      error('invalid_output', expect.stringContaining('function')),
    ],
    [
      'returns a symbol',
      () => Symbol('s'),
      error('invalid_output', expect.stringContaining('symbol')),
    ],
    [
      'returns what cannot be written',
      () => ({
        toJSON() {
          throw new Error('no');
        },
      }),
      error('invalid_output', 'no'),
    ],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      error('failed', 'broken'),
    ],
    [
      'throws a text',
      () => {
        throw 'broken' as unknown as Error;
      },
      error('failed', 'broken'),
    ],
    ['rejects', () => Promise.reject(new Error('late')), error('failed', 'late')],
    ['rejects with nothing', () => Promise.reject(undefined), error('failed', 'undefined')],
    ['hangs', never, error('timeout', expect.stringContaining('30 ms'))],
  ])('that %s gives one valid submit', async (_, execute, expected) => {
    const world = await toolWorld([{ call: 'work' }]);
    const work = defineTool({ name: 'work', run: 'auto', timeoutMs: 30, execute });
    const { followed } = await world.start({ tools: [work] });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(world.received).toHaveLength(1);
    const output = world.received[0]?.['work'] ?? '';
    expect(typeof expected === 'string' ? output : JSON.parse(output)).toEqual(expected);
  });
});

describe('an output', () => {
  it('of 2 MB is cut at the limit, and says so', async () => {
    const world = await toolWorld([{ call: 'work' }]);
    const text = 'x'.repeat(2 * 1024 * 1024);
    const { followed } = await world.start({
      tools: [defineTool({ name: 'work', run: 'auto', execute: () => text })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    const output = world.received[0]?.['work'] ?? '';
    expect(output.length).toBeLessThan(256_100);
    expect(output.endsWith('[truncated: 1841152 of 2097152 characters left out]')).toBe(true);
  });

  it('that does not fit its schema is told to the model', async () => {
    const world = await toolWorld([{ call: 'work' }]);
    const output = {
      type: 'object',
      properties: { degrees: { type: 'number' } },
      required: ['degrees'],
    };
    const { followed } = await world.start({
      tools: [defineTool({ name: 'work', run: 'auto', output, execute: () => ({}) })],
    });
    await followed.settled;
    expect(JSON.parse(world.received[0]?.['work'] ?? '')).toEqual(
      error('invalid_output', expect.stringContaining('degrees')),
    );
  });
});

describe('arguments', () => {
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  } as const;
  const cases: [string, string, RegExp][] = [
    [
      'with a __proto__ key',
      '{"city":"Paris","__proto__":{"admin":true}}',
      /reserved field: __proto__/,
    ],
    [
      'with a __proto__ key deep inside',
      '{"city":"Paris","more":[{"__proto__":1}]}',
      /reserved field/,
    ],
    ['with a __proto__ key in disguise', '{"city":"Paris","\\u005f_proto__":1}', /reserved field/],
    ['with a field named twice', '{"city":"Paris","city":"Rome"}', /a field twice: city/],
    [
      'with a field named twice in disguise',
      '{"city":"Paris","c\\u0069ty":"Rome"}',
      /a field twice: city/,
    ],
    ['truncated', '{"city":"Par', /no JSON/],
    ['empty', '', /city/],
    ['not an object', '[1]', /array/],
    ['of the wrong type', '{"city":5}', /city: /],
    ['no JSON at all', 'city=Paris', /no JSON/],
  ];

  it.each(cases)('%s are reported to the model', async (_, written, expected) => {
    const world = await toolWorld([
      { event: { type: 'toolCall', name: 'work' } },
      { event: { type: 'arguments', text: written } },
      { event: { type: 'finish', reason: 'tool_calls' } },
    ]);
    const seen: unknown[] = [];
    const execute = (input: { city: string }) => {
      seen.push(input);
      return input.city;
    };
    const { followed } = await world.start({
      tools: [defineTool({ name: 'work', run: 'auto', parameters, execute })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(seen).toEqual([]);
    expect(JSON.parse(world.received[0]?.['work'] ?? '')).toEqual(
      error('invalid_arguments', expect.stringMatching(expected)),
    );
  });

  it.each(cases)(
    '%s are shown to the person, where the tool asks',
    async (_, written, expected) => {
      const world = await toolWorld([
        { event: { type: 'toolCall', name: 'work' } },
        { event: { type: 'arguments', text: written } },
        { event: { type: 'finish', reason: 'tool_calls' } },
      ]);
      const work = defineTool({
        name: 'work',
        run: 'auto',
        onInvalidArguments: 'ask',
        parameters,
        execute: ({ city }) => city,
      });
      const { engine, followed, call } = await world.start({ tools: [work] });
      const { id, problem, argumentsText } = await call('work', 'needs-approval');
      expect(problem).toMatch(expected);
      expect(argumentsText).toBe(written);
      await engine.approve(id);
      expect(engine.getState().calls[0]).toMatchObject({ state: 'needs-approval' });
      void engine.approve(id, { argumentsText: '{"city":"Oslo"}' });
      await followed.settled;
      expect(world.received[0]).toEqual({
        work: '{"edited_arguments":{"city":"Oslo"},"output":"Oslo"}',
      });
    },
  );
});

describe('an unknown function', () => {
  it('is a form for the person', async () => {
    const world = await toolWorld([{ call: 'mystery', with: { a: 1 } }]);
    const { engine, followed, call } = await world.start({ tools: [] });
    const { id } = await call('mystery', 'needs-output');
    expect(await engine.provide(id, { text: 'solved' })).toEqual([]);
    await followed.settled;
    expect(world.received).toEqual([{ mystery: 'solved' }]);
  });

  it('is reported to the model, where that is the policy', async () => {
    const world = await toolWorld([{ call: 'mystery' }]);
    const { followed } = await world.start({ tools: [], unknownTool: 'report' });
    await followed.settled;
    expect(JSON.parse(world.received[0]?.['mystery'] ?? '')).toEqual(
      error('unknown_tool', expect.stringContaining('mystery')),
    );
  });
});

describe('a run that leaves meanwhile', () => {
  afterEach(() => void vi.useRealTimers());
  const human = defineTool({ name: 'review', run: 'human' });
  const slow = (signals: AbortSignal[]) =>
    defineTool({
      name: 'slow',
      run: 'auto',
      execute: (_, { signal }) => (signals.push(signal), never()),
    });

  it('by expiry stops its handlers, submits nothing, and says so', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const world = await toolWorld([{ call: 'slow' }, { call: 'review' }]);
    const signals: AbortSignal[] = [];
    const { engine, followed, until, call } = await world.start({ tools: [human, slow(signals)] });
    const { id } = await call('review', 'needs-output');
    await call('slow', 'running');
    await engine.provide(id, { text: 'fine' });
    world.pass(601_000);
    await vi.advanceTimersByTimeAsync(10_000);
    const notice = await until((state) => state.notice);
    expect(notice).toMatchObject({
      reason: 'expired',
      calls: [{ name: 'slow' }, { name: 'review', output: 'fine' }],
    });
    expect(engine.getState()).toMatchObject({
      calls: [{ state: 'expired' }, { state: 'expired' }],
      isSubmitting: false,
      total: 0,
    });
    expect(signals[0]?.aborted).toBe(true);
    expect(await engine.submit()).toBe(false);
    expect(world.received).toEqual([]);
    expect(await followed.settled).toMatchObject({ status: 'expired' });
  });

  it('by a cancel stops its handlers and says so', async () => {
    const world = await toolWorld([{ call: 'slow' }]);
    const signals: AbortSignal[] = [];
    const { followed, until, call } = await world.start({ tools: [slow(signals)] });
    await call('slow', 'running');
    await followed.stop();
    expect(await until((state) => state.notice)).toMatchObject({ reason: 'cancelled' });
    expect(signals[0]?.aborted).toBe(true);
    expect(world.received).toEqual([]);
  });

  it('with the answer of another client keeps what was written here, and says so', async () => {
    const world = await toolWorld([{ call: 'review' }]);
    const { engine, until, call, runId } = await world.start({ tools: [human], submit: 'manual' });
    const { id } = await call('review', 'needs-output');
    await engine.provide(id, { text: 'mine' });
    await world.client.submitToolOutputsToRun({
      threadId: world.thread.id,
      runId,
      body: { tool_outputs: [{ tool_call_id: id, output: 'theirs' }] },
    });
    expect(await engine.submit()).toBe(false);
    expect(await until((state) => state.notice)).toMatchObject({
      reason: 'answered',
      calls: [{ state: 'done', output: 'mine' }],
    });
    await until(({ calls }) => calls[0]?.state === 'submitted' && calls[0].output === 'theirs');
    expect(engine.getState().error).toBeUndefined();
    expect(world.received).toEqual([{ review: 'theirs' }]);
  });
});

describe('a submit that fails', () => {
  it('keeps the outputs, and goes through when it is tried again', async () => {
    const world = await toolWorld([{ call: 'work' }]);
    const execute = vi.fn<() => string>(() => 'once');
    let isBroken = true;
    world.guard(async ({ url }) =>
      isBroken && url.endsWith('/submit_tool_outputs')
        ? new Response('no', { status: 500 })
        : undefined,
    );
    const { engine, followed, until } = await world.start({
      tools: [defineTool({ name: 'work', run: 'auto', execute })],
    });
    expect(await until((state) => state.error)).toMatchObject({ kind: 'http', status: 500 });
    expect(engine.getState()).toMatchObject({
      calls: [{ state: 'done', output: 'once' }],
      isSubmitting: false,
    });
    isBroken = false;
    expect(await engine.submit()).toBe(true);
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(world.received).toEqual([{ work: 'once' }]);
    expect(execute).toHaveBeenCalledTimes(1);
  });
});
