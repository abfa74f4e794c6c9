import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineTool, type Tool } from '../../../src/hooks/defineTool.js';
import { createDeferred } from '../../createDeferred.js';
import { createToolHarness } from './createToolHarness.js';

const placeSchema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;

afterEach(() => {
  vi.useRealTimers();
});

describe('the arguments of a call', () => {
  it('stream, and are then parsed and validated', async () => {
    const pause = createDeferred();
    const harness = await createToolHarness([
      { event: { type: 'toolCall', name: 'look' } },
      { event: { type: 'arguments', text: '{"city":"Pa' } },
      { hold: pause.promise },
      { event: { type: 'arguments', text: 'ris"}' } },
      { event: { type: 'finish', reason: 'tool_calls' } },
    ]);
    const look = defineTool({
      name: 'look',
      needsApproval: true,
      inputSchema: placeSchema,
      execute: () => 1,
    });
    const { until, call } = await harness.start({ tools: [look] });
    const streaming = await until(({ calls }) =>
      calls.find(({ argumentsText }) => argumentsText === '{"city":"Pa'),
    );
    expect(streaming).toMatchObject({ name: 'look', state: 'streaming-args' });
    pause.resolve();
    expect(await call('look', 'needs-approval')).toMatchObject({
      argumentsText: '{"city":"Paris"}',
      input: { city: 'Paris' },
      problem: undefined,
    });
  });

  it('reach the handler after the transforms of a Standard Schema', async () => {
    const harness = await createToolHarness([{ call: 'look', with: { day: '2026-11-20' } }]);
    const inputSchema = z.object({
      day: z.string().transform((day) => new Date(day)),
      count: z.number().default(3),
    });
    const execute = vi.fn<() => string>(() => 'ok');
    const { followed } = await harness.start({
      tools: [defineTool({ name: 'look', inputSchema, execute })],
    });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith(
      { day: new Date('2026-11-20'), count: 3 },
      expect.anything(),
    );
  });
});

describe('a handler', () => {
  it('receives the ids of its call, the client and a signal', async () => {
    const harness = await createToolHarness([{ call: 'look', id: 'call_one' }]);
    const execute = vi.fn<() => string>(() => 'ok');
    const { followed, runId } = await harness.start({
      tools: [defineTool({ name: 'look', execute })],
    });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith(
      {},
      expect.objectContaining({
        threadId: harness.thread.id,
        runId,
        callId: 'call_one',
        client: harness.client,
        signal: expect.any(AbortSignal),
      }),
    );
  });

  it('asks the user a question while its timeout is paused', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'book' }]);
    const book = defineTool({
      name: 'book',
      timeoutMs: 120_000,
      execute: async (_, { ask }) => {
        const { seats } = await ask(
          { type: 'object', properties: { seats: { type: 'integer' } }, required: ['seats'] },
          'How many?',
        );
        return `${seats + 1} booked`;
      },
    });
    const { engine, followed, call } = await harness.start({ tools: [book] });
    const { id, question, schema } = await call('book', 'needs-answer');
    expect([question, schema]).toMatchObject(['How many?', { type: 'object' }]);
    await vi.advanceTimersByTimeAsync(240_000);
    expect(await engine.answer(id, { seats: 'two' })).toMatchObject([{ path: ['seats'] }]);
    expect(await engine.answer(id, { seats: 2 })).toEqual([]);
    await followed.settled;
    expect(harness.received).toEqual([{ book: '3 booked' }]);
  });

  it('is aborted when the user denies its question, and the model receives the reason', async () => {
    const harness = await createToolHarness([{ call: 'book' }]);
    const signals: AbortSignal[] = [];
    const book = defineTool({
      name: 'book',
      execute: async (_, { ask, signal }) => {
        signals.push(signal);
        return ask({ type: 'string' });
      },
    });
    const { engine, followed, call } = await harness.start({ tools: [book] });
    engine.deny((await call('book', 'needs-answer')).id, 'None of your business.');
    await followed.settled;
    expect(harness.received).toEqual([
      { book: '{"error":{"code":"denied","message":"None of your business."}}' },
    ]);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('waits for other handlers at the limit of its tool and at the limit of the run', async () => {
    const calls = ['a', 'a', 'b', 'b'].map((name, index) => ({ call: name, id: `call_${index}` }));
    const harness = await createToolHarness(calls);
    const ends = new Map<string, () => void>();
    const execute: NonNullable<Tool['execute']> = async (_, { callId }) => {
      const end = createDeferred();
      ends.set(callId, end.resolve);
      await end.promise;
    };
    const tools = [
      defineTool({ name: 'a', concurrency: 1, execute }),
      defineTool({ name: 'b', execute }),
    ];
    const { until, followed } = await harness.start({ tools, concurrency: 2 });
    /** Resolves when exactly these calls run, and these others wait. */
    const untilRunning = (running: string, waiting: string) =>
      until(({ calls }) => {
        const list = (place: string) =>
          calls
            .filter((call) => call.state === 'running' && call.place === place)
            .map(({ id }) => id.replace('call_', ''))
            .join();
        return list('here') === running && list('waiting') === waiting;
      });
    await untilRunning('0,2', '1,3');
    ends.get('call_2')?.();
    await untilRunning('0,3', '1');
    ends.get('call_0')?.();
    await untilRunning('1,3', '');
    ends.get('call_1')?.();
    ends.get('call_3')?.();
    expect(await followed.settled).toMatchObject({ status: 'completed' });
  });
});

describe('a call that needs approval', () => {
  const createSend = (execute: () => unknown = () => 'sent') =>
    defineTool({ name: 'send', needsApproval: true, inputSchema: placeSchema, execute });

  it('runs once when it is approved, however often', async () => {
    const harness = await createToolHarness([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await harness.start({ tools: [createSend(execute)] });
    const { id } = await call('send', 'needs-approval');
    expect(execute).not.toHaveBeenCalled();
    void engine.approve(id);
    void engine.approve(id);
    await followed.settled;
    void engine.approve(id);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(harness.received).toEqual([{ send: 'sent' }]);
  });

  it('runs with the arguments of the user once they are valid', async () => {
    const harness = await createToolHarness([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await harness.start({ tools: [createSend(execute)] });
    const { id } = await call('send', 'needs-approval');
    await engine.approve(id, { argumentsText: '{"city":1}' });
    expect(await call('send', 'needs-approval')).toMatchObject({
      argumentsText: '{"city":1}',
      problem: expect.stringContaining('city'),
    });
    await engine.approve(id, { argumentsText: '{"city":"Oslo"}' });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith({ city: 'Oslo' }, expect.anything());
    expect(JSON.parse(harness.received[0]?.['send'] ?? '')).toEqual({
      edited_arguments: { city: 'Oslo' },
      output: 'sent',
    });
  });

  it('does not run when it is denied, and the model receives the reason', async () => {
    const harness = await createToolHarness([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await harness.start({ tools: [createSend(execute)] });
    engine.deny((await call('send', 'needs-approval')).id, 'Too far.');
    await followed.settled;
    expect(execute).not.toHaveBeenCalled();
    expect(harness.received).toEqual([
      { send: '{"error":{"code":"denied","message":"Too far."}}' },
    ]);
  });

  it('that has failed waits for the user, who runs it again', async () => {
    const harness = await createToolHarness([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi
      .fn<() => unknown>(() => 'sent')
      .mockImplementationOnce(() => {
        throw new Error('offline');
      });
    const { engine, followed, call } = await harness.start({ tools: [createSend(execute)] });
    void engine.approve((await call('send', 'needs-approval')).id);
    const failed = await call('send', 'failed');
    expect(failed.error).toEqual({ code: 'failed', message: 'offline' });
    expect(harness.received).toEqual([]);
    void engine.retry(failed.id);
    await followed.settled;
    expect(harness.received).toEqual([{ send: 'sent' }]);
  });
});

describe('needsApproval as a function', () => {
  const createSend = (
    needsApproval: (input: { city: string }) => boolean | Promise<boolean>,
    execute: () => string = () => 'sent',
  ) => defineTool({ name: 'send', inputSchema: placeSchema, needsApproval, execute });

  it('decides by the input and the context of each call', async () => {
    const harness = await createToolHarness([
      { call: 'send', with: { city: 'Rome' }, id: 'call_1' },
      { call: 'send', with: { city: 'Oslo' }, id: 'call_2' },
    ]);
    const needsApproval = vi.fn<(input: { city: string }) => Promise<boolean>>(
      async ({ city }) => city === 'Rome',
    );
    const { engine, call, followed, runId } = await harness.start({
      tools: [createSend(needsApproval)],
      submit: 'complete',
    });
    expect(await call('send', 'needs-approval')).toMatchObject({ id: 'call_1' });
    expect(await call('send', 'done')).toMatchObject({ id: 'call_2' });
    expect(needsApproval).toHaveBeenCalledWith(
      { city: 'Rome' },
      {
        threadId: harness.thread.id,
        runId,
        callId: 'call_1',
        client: harness.client,
        signal: expect.any(AbortSignal),
      },
    );
    void engine.approve('call_1');
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(needsApproval).toHaveBeenCalledTimes(2);
  });

  it('is not called for invalid arguments', async () => {
    const harness = await createToolHarness([{ call: 'send', with: { city: 1 } }]);
    const needsApproval = vi.fn<() => boolean>(() => false);
    const { followed } = await harness.start({ tools: [createSend(needsApproval)] });
    await followed.settled;
    expect(needsApproval).not.toHaveBeenCalled();
    expect(harness.received[0]?.['send']).toContain('invalid_arguments');
  });

  it('asks the user if it throws, and its error is reported', async () => {
    const failure = new Error('no rules');
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', reported);
    const execute = vi.fn<() => string>(() => 'sent');
    const harness = await createToolHarness([{ call: 'send', with: { city: 'Rome' } }]);
    const { call } = await harness.start({
      tools: [
        createSend(() => {
          throw failure;
        }, execute),
      ],
    });
    await call('send', 'needs-approval');
    expect(execute).not.toHaveBeenCalled();
    expect(reported).toHaveBeenCalledWith(failure);
    vi.unstubAllGlobals();
  });
});

describe('outputs', () => {
  const review = defineTool({
    name: 'review',
    outputSchema: {
      type: 'object',
      properties: { score: { type: 'integer' } },
      required: ['score'],
    },
  });

  it('are submitted in one request once every call has one', async () => {
    const harness = await createToolHarness([
      { call: 'review' },
      { call: 'auto' },
      { call: 'mystery' },
    ]);
    const auto = defineTool({
      name: 'auto',
      execute: () => {
        throw new Error('no');
      },
    });
    const { engine, followed, call } = await harness.start({
      tools: [review, auto],
      submit: 'complete',
    });
    const { id } = await call('review', 'needs-output');
    await call('auto', 'failed');
    expect(await engine.submit()).toBe(false);
    expect(engine.getState()).toMatchObject({ ready: 1, total: 3 });
    expect(await engine.provide(id, { value: { score: 'high' } })).toMatchObject([
      { path: ['score'] },
    ]);
    expect(await engine.provide(id, { value: { score: 5 } })).toEqual([]);
    expect(engine.getState()).toMatchObject({ ready: 2, total: 3 });
    await engine.provide((await call('mystery', 'needs-output')).id, { text: 'x' });
    await followed.settled;
    expect(harness.received).toEqual([
      { review: '{"score":5}', auto: '{"error":{"code":"failed","message":"no"}}', mystery: 'x' },
    ]);
  });

  it('wait for a review if one of several is from the user', async () => {
    const harness = await createToolHarness([{ call: 'review' }, { call: 'auto' }]);
    const { engine, followed, call } = await harness.start({
      tools: [review, defineTool({ name: 'auto', execute: () => 1 })],
    });
    await call('auto', 'done');
    await engine.provide((await call('review', 'needs-output')).id, { value: { score: 5 } });
    expect(engine.getState()).toMatchObject({ ready: 2, total: 2, isSubmitting: false });
    expect(await engine.submit()).toBe(true);
    await followed.settled;
    expect(harness.received).toEqual([{ review: '{"score":5}', auto: '1' }]);
  });

  it('can be reopened until they are submitted', async () => {
    const harness = await createToolHarness([{ call: 'review' }]);
    const { engine, followed, call } = await harness.start({ tools: [review], submit: 'manual' });
    const { id } = await call('review', 'needs-output');
    await engine.provide(id, { value: { score: 1 } });
    engine.reopen(id);
    expect((await call('review', 'needs-output')).draft).toEqual({ text: '{"score":1}' });
    await engine.provide(id, { text: 'No score.' });
    await engine.submit();
    await followed.settled;
    engine.reopen(id);
    expect(engine.getState().calls[0]?.state).toBe('submitted');
    expect(harness.received).toEqual([{ review: 'No score.' }]);
  });

  it('of two rounds reach the model in their own round, even with the same call id', async () => {
    const harness = await createToolHarness(
      [{ call: 'auto', with: { n: 1 }, id: 'call_same' }],
      [{ call: 'auto', with: { n: 2 }, id: 'call_same' }],
    );
    const inputSchema = {
      type: 'object',
      properties: { n: { type: 'number' } },
      required: ['n'],
    } as const;
    const { followed } = await harness.start({
      tools: [defineTool({ name: 'auto', inputSchema, execute: ({ n }) => n })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(harness.received).toEqual([{ auto: '1' }, { auto: '2' }]);
  });
});
