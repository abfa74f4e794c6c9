import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineTool, toAssistantTools } from '../../../src/core/tools/defineTool.js';
import { withJsonSchema } from '../../../src/core/tools/schema.js';
import { latch } from '../../queries/createTestHarness.js';
import { toolWorld } from './toolHarness.js';

const place = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;

describe('the arguments of a call', () => {
  it('stream, and are then read and checked', async () => {
    const { opened, open } = latch();
    const world = await toolWorld([
      { event: { type: 'toolCall', name: 'look' } },
      { event: { type: 'arguments', text: '{"city":"Pa' } },
      { hold: opened },
      { event: { type: 'arguments', text: 'ris"}' } },
      { event: { type: 'finish', reason: 'tool_calls' } },
    ]);
    const { until, call } = await world.start({
      tools: [defineTool({ name: 'look', run: 'confirm', parameters: place, execute: () => 1 })],
    });
    await until(
      ({ calls }) =>
        calls[0]?.state === 'streaming-args' && calls[0].argumentsText === '{"city":"Pa',
    );
    open();
    expect(await call('look', 'needs-approval')).toMatchObject({
      argumentsText: '{"city":"Paris"}',
      input: { city: 'Paris' },
      problem: undefined,
    });
  });

  it('reach the handler as the schema of a library makes them', async () => {
    const world = await toolWorld([{ call: 'look', with: { day: '2026-11-20' } }]);
    const parameters = z.object({
      day: z.string().transform((day) => new Date(day)),
      count: z.number().default(3),
    });
    const execute = vi.fn<() => string>(() => 'ok');
    const { followed } = await world.start({
      tools: [defineTool({ name: 'look', run: 'auto', parameters, execute })],
    });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith(
      { day: new Date('2026-11-20'), count: 3 },
      expect.anything(),
    );
  });
});

describe('a handler', () => {
  it('knows where it is', async () => {
    const world = await toolWorld([{ call: 'look', id: 'call_one' }]);
    const execute = vi.fn<() => string>(() => 'ok');
    const { followed, runId } = await world.start({
      tools: [defineTool({ name: 'look', run: 'auto', execute })],
    });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith(
      {},
      expect.objectContaining({
        threadId: world.thread.id,
        runId,
        callId: 'call_one',
        client: world.client,
        signal: expect.any(AbortSignal),
      }),
    );
  });

  it('asks a question in the middle, and its time stands still', async () => {
    const world = await toolWorld([{ call: 'book' }]);
    const book = defineTool({
      name: 'book',
      run: 'auto',
      timeoutMs: 40,
      execute: async (_, { ask }) => {
        const { seats } = await ask(
          { type: 'object', properties: { seats: { type: 'integer' } }, required: ['seats'] },
          'How many?',
        );
        return `${seats + 1} booked`;
      },
    });
    const { engine, followed, call } = await world.start({ tools: [book] });
    const { id, question, schema } = await call('book', 'needs-answer');
    expect([question, schema]).toMatchObject(['How many?', { type: 'object' }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await engine.answer(id, { seats: 'two' })).toMatchObject([{ path: ['seats'] }]);
    expect(await engine.answer(id, { seats: 2 })).toEqual([]);
    await followed.settled;
    expect(world.received).toEqual([{ book: '3 booked' }]);
  });

  it('ends when its question is refused, and the model is told why', async () => {
    const world = await toolWorld([{ call: 'book' }]);
    const signals: AbortSignal[] = [];
    const book = defineTool({
      name: 'book',
      run: 'auto',
      execute: async (_, { ask, signal }) => (signals.push(signal), ask({ type: 'string' })),
    });
    const { engine, followed, call } = await world.start({ tools: [book] });
    engine.deny((await call('book', 'needs-answer')).id, 'None of your business.');
    await followed.settled;
    expect(world.received).toEqual([
      { book: '{"error":{"code":"denied","message":"None of your business."}}' },
    ]);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('waits in line behind its concurrency, and behind that of all', async () => {
    const calls = ['a', 'a', 'b', 'b'].map((call) => ({ call }));
    const world = await toolWorld(calls);
    let [running, most, mostOfA, ofA] = [0, 0, 0, 0];
    const execute = (name: string) => async () => {
      most = Math.max(most, (running += 1));
      if (name === 'a') mostOfA = Math.max(mostOfA, (ofA += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      if (name === 'a') ofA -= 1;
    };
    const tools = [
      defineTool({ name: 'a', run: 'auto', concurrency: 1, execute: execute('a') }),
      defineTool({ name: 'b', run: 'auto', execute: execute('b') }),
    ];
    const { followed } = await world.start({ tools, concurrency: 2 });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect([most, mostOfA]).toEqual([2, 1]);
  });
});

describe('a call to confirm', () => {
  const send = (execute: () => unknown = () => 'sent') =>
    defineTool({ name: 'send', run: 'confirm', parameters: place, execute });

  it('runs nothing before it is approved, and once however often it is', async () => {
    const world = await toolWorld([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await world.start({ tools: [send(execute)] });
    const { id } = await call('send', 'needs-approval');
    expect(execute).not.toHaveBeenCalled();
    void engine.approve(id);
    void engine.approve(id);
    await followed.settled;
    void engine.approve(id);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(world.received).toEqual([{ send: 'sent' }]);
  });

  it('runs with the arguments that the person wrote, once they fit', async () => {
    const world = await toolWorld([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await world.start({ tools: [send(execute)] });
    const { id } = await call('send', 'needs-approval');
    await engine.approve(id, { argumentsText: '{"city":1}' });
    expect(await call('send', 'needs-approval')).toMatchObject({
      argumentsText: '{"city":1}',
      problem: expect.stringContaining('city'),
    });
    await engine.approve(id, { argumentsText: '{"city":"Oslo"}' });
    await followed.settled;
    expect(execute).toHaveBeenCalledWith({ city: 'Oslo' }, expect.anything());
    expect(JSON.parse(world.received[0]?.['send'] ?? '')).toEqual({
      edited_arguments: { city: 'Oslo' },
      output: 'sent',
    });
  });

  it('is denied with a reason', async () => {
    const world = await toolWorld([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi.fn<() => string>(() => 'sent');
    const { engine, followed, call } = await world.start({ tools: [send(execute)] });
    engine.deny((await call('send', 'needs-approval')).id, 'Too far.');
    await followed.settled;
    expect(execute).not.toHaveBeenCalled();
    expect(world.received).toEqual([{ send: '{"error":{"code":"denied","message":"Too far."}}' }]);
  });

  it('that failed runs again before its output is submitted', async () => {
    const world = await toolWorld([{ call: 'send', with: { city: 'Rome' } }]);
    const execute = vi
      .fn<() => unknown>(() => 'sent')
      .mockImplementationOnce(() => {
        throw new Error('offline');
      });
    const { engine, followed, call } = await world.start({
      tools: [send(execute)],
      submit: 'manual',
    });
    void engine.approve((await call('send', 'needs-approval')).id);
    const failed = await call('send', 'failed');
    expect(failed.error).toEqual({ code: 'failed', message: 'offline' });
    void engine.retry(failed.id);
    await call('send', 'done');
    expect(await engine.submit()).toBe(true);
    await followed.settled;
    expect(world.received).toEqual([{ send: 'sent' }]);
  });
});

describe('outputs', () => {
  const review = defineTool({
    name: 'review',
    run: 'human',
    output: { type: 'object', properties: { score: { type: 'integer' } }, required: ['score'] },
  });

  it('go out together, once every call has one', async () => {
    const world = await toolWorld([{ call: 'review' }, { call: 'auto' }, { call: 'mystery' }]);
    const auto = defineTool({
      name: 'auto',
      run: 'auto',
      execute: () => {
        throw new Error('no');
      },
    });
    const { engine, followed, call } = await world.start({
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
    expect(world.received).toEqual([
      { review: '{"score":5}', auto: '{"error":{"code":"failed","message":"no"}}', mystery: 'x' },
    ]);
  });

  it('of which a person made one wait to be looked over', async () => {
    const world = await toolWorld([{ call: 'review' }, { call: 'auto' }]);
    const { engine, followed, call } = await world.start({
      tools: [review, defineTool({ name: 'auto', run: 'auto', execute: () => 1 })],
    });
    await call('auto', 'done');
    await engine.provide((await call('review', 'needs-output')).id, { value: { score: 5 } });
    expect(engine.getState()).toMatchObject({ ready: 2, total: 2, isSubmitting: false });
    expect(await engine.submit()).toBe(true);
    await followed.settled;
    expect(world.received).toEqual([{ review: '{"score":5}', auto: '1' }]);
  });

  it('can be taken back until they are submitted', async () => {
    const world = await toolWorld([{ call: 'review' }]);
    const { engine, followed, call } = await world.start({ tools: [review], submit: 'manual' });
    const { id } = await call('review', 'needs-output');
    await engine.provide(id, { value: { score: 1 } });
    engine.reopen(id);
    expect((await call('review', 'needs-output')).draft).toEqual({ text: '{"score":1}' });
    await engine.provide(id, { text: 'No score.' });
    await engine.submit();
    await followed.settled;
    engine.reopen(id);
    expect(engine.getState().calls[0]?.state).toBe('submitted');
    expect(world.received).toEqual([{ review: 'No score.' }]);
  });

  it('of two rounds reach the model, each in its own', async () => {
    const world = await toolWorld(
      [{ call: 'auto', with: { n: 1 }, id: 'call_same' }],
      [{ call: 'auto', with: { n: 2 }, id: 'call_same' }],
    );
    const parameters = {
      type: 'object',
      properties: { n: { type: 'number' } },
      required: ['n'],
    } as const;
    const { followed } = await world.start({
      tools: [defineTool({ name: 'auto', run: 'auto', parameters, execute: ({ n }) => n })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(world.received).toEqual([{ auto: '1' }, { auto: '2' }]);
  });
});

describe('toAssistantTools', () => {
  it('describes tools as an assistant takes them, whatever describes their parameters', () => {
    const ofLibrary = defineTool({
      name: 'a',
      description: 'First',
      run: 'human',
      parameters: z.object({ city: z.string() }),
    });
    const ofJson = defineTool({ name: 'b', run: 'human', parameters: place });
    const none = defineTool({ name: 'c', run: 'human' });
    expect(toAssistantTools([ofLibrary, ofJson, none])).toEqual([
      {
        type: 'function',
        function: { name: 'a', description: 'First', parameters: expect.objectContaining(place) },
      },
      { type: 'function', function: { name: 'b', parameters: place } },
      { type: 'function', function: { name: 'c', parameters: { type: 'object', properties: {} } } },
    ]);
  });

  it('takes the JSON Schema of a library that does not convert from withJsonSchema, and says so without', () => {
    const bare = {
      '~standard': {
        version: 1 as const,
        vendor: 'mine',
        validate: (value: unknown) => ({ value }),
      },
    };
    const tool = (parameters: typeof bare) => defineTool({ name: 'a', run: 'human', parameters });
    expect(toAssistantTools([tool(withJsonSchema(bare, place))])).toMatchObject([
      { function: { parameters: place } },
    ]);
    expect(() => toAssistantTools([tool(bare)])).toThrow(/withJsonSchema/);
  });

  it('refuses two tools of one name, and defineTool a name that is none', () => {
    const tool = defineTool({ name: 'a', run: 'human' });
    expect(() => toAssistantTools([tool, tool])).toThrow(/one name/);
    expect(() => defineTool({ name: 'no spaces', run: 'human' })).toThrow(/no name/);
  });
});
