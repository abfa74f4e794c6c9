import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunStatus } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { aMessage, aRun, aStep } from './events.js';
import { runServer } from './runServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  // No chance: pauses are at their shortest.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Server = ReturnType<typeof runServer>;
type Instead = Server['instead'];

const theRun = { threadId: 'thread_1', runId: 'run_1' };
const newRun = { createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } } };
const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

/** A status that no server of today has. */
const unknownStatus = 'dreaming' as RunStatus;
const htmlPage = () =>
  new Response('<html>Please log in</html>', { headers: { 'content-type': 'text/html' } });
const failure = (status: number, headers: Record<string, string> = {}) =>
  Response.json(
    { error: { message: 'No', type: 'server_error', param: null, code: null } },
    { status, headers },
  );

function leastGapMs(moments: readonly number[]): number {
  return Math.min(...moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0)));
}

/** Once the run is known, every answer is this one. */
function fromThenOn(server: Server, instead: Instead) {
  server.instead = (part) => (server.asked.length > 3 ? instead(part) : undefined);
}

const obstacles: Record<string, (server: Server) => unknown> = {
  'nothing new': () => undefined,
  'a status that nobody knows': (server) => (server.run = { ...server.run, status: unknownStatus }),
  'a run that is queued for ever': (server) => (server.run = { ...server.run, status: 'queued' }),
  'a run that is being cancelled for ever': (server) =>
    (server.run = { ...server.run, status: 'cancelling' }),
  'a run that waits for a person': (server) =>
    (server.run = { ...server.run, status: 'requires_action' }),
  'junk in the header for pauses': (server) =>
    (server.headers = { 'openai-poll-after-ms': '-1, soon' }),
  'a wish to be asked at once': (server) => (server.headers = { 'openai-poll-after-ms': '400' }),
  'a wish to be asked each second': (server) =>
    (server.headers = { 'openai-poll-after-ms': '1000' }),
  'junk in the header for the time': (server) => (server.headers = { date: 'yesterday' }),
  'a failure each time': (server) => fromThenOn(server, () => failure(500)),
  'a failure that asks for no pause': (server) =>
    fromThenOn(server, () => failure(503, { 'retry-after': '0' })),
  'a refusal that asks for junk': (server) =>
    fromThenOn(server, () => failure(429, { 'retry-after': '-3 weeks' })),
  'no answer': (server) => fromThenOn(server, () => Promise.reject(new TypeError('offline'))),
  'a page that asks for a login': (server) => fromThenOn(server, htmlPage),
  'an object that is no run': (server) => fromThenOn(server, () => Response.json({})),
  'a list that is no JSON': (server) =>
    (server.instead = (part) => (part === 'messages' ? new Response('no') : undefined)),
  'a failure of all lists': (server) =>
    (server.instead = (part) =>
      part === 'messages' || part === 'steps' ? failure(500) : undefined),
  'a failure of one list': (server) =>
    (server.instead = (part) => (part === 'messages' ? failure(500) : undefined)),
  'no steps at all': (server) =>
    (server.instead = (part) => (part === 'steps' ? failure(404) : undefined)),
};

describe('a run that stands still for ten minutes', () => {
  const transports = {
    'by poll': (server: Server) => followRun(server.client, newRun, { transport: 'poll' }),
    adopted: (server: Server) => followRun(server.client, theRun),
    'behind a cut': (server: Server) => {
      server.stream = [
        { event: 'thread.run.created', data: { ...server.run, status: 'queued' } },
        { event: 'thread.run.in_progress', data: server.run },
        { event: 'thread.message.created', data: aMessage(undefined) },
      ];
      server.messages = [aMessage('Hm')];
      return followRun(server.client, newRun);
    },
  };
  const cases = Object.keys(transports).flatMap((way) =>
    Object.keys(obstacles).map((obstacle) => [way, obstacle] as const),
  );

  it.each(cases)(
    '%s, with %s, is asked for one thing at a time, seldom, and then given up',
    async (way, obstacle) => {
      const server = runServer();
      obstacles[obstacle]?.(server);
      const followed = transports[way as keyof typeof transports](server);
      await minutes(10);
      expect(server.asked.length).toBeLessThanOrEqual(90);
      expect(server.asked.length).toBeGreaterThan(40);
      expect(leastGapMs(server.polls())).toBeGreaterThanOrEqual(400);
      await minutes(1);
      expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('is never asked for twice at once, however slow the answers', async () => {
    const server = runServer({ latencyMs: 7_000 });
    followRun(server.client, newRun, { transport: 'poll' });
    await minutes(3);
    expect(server.asked.length).toBeGreaterThan(10);
    expect(server.mostInFlight).toBe(1);
  });
});

describe('the pause that a server asks for', () => {
  it.each([1, 30, 120, 600])('is respected when Retry-After is %d seconds', async (wait) => {
    const server = runServer();
    server.run = { ...server.run, expires_at: server.run.created_at + 7_200 };
    fromThenOn(server, () => failure(429, { 'retry-after': `${wait}` }));
    followRun(server.client, theRun);
    await minutes(60);
    const refused = server.polls().slice(1);
    expect(leastGapMs(refused)).toBeGreaterThanOrEqual(wait * 1_000);
    expect(refused.length).toBeGreaterThan(4);
  });

  it('is forgotten when the server answers again', async () => {
    const server = runServer();
    fromThenOn(server, () =>
      server.asked.length < 5 ? failure(429, { 'retry-after': '100' }) : undefined,
    );
    followRun(server.client, theRun);
    await seconds(120);
    const [gap, ...later] = server
      .polls()
      .slice(1)
      .map((moment, index) => moment - (server.polls()[index] ?? 0))
      .slice(1);
    expect(gap).toBeGreaterThanOrEqual(100_000);
    expect(later.length).toBeGreaterThan(1);
    expect(Math.max(...later)).toBeLessThanOrEqual(10_000);
  });

  it.each([
    ['7000', 7_000],
    ['99999999', 30_000],
  ])('of openai-poll-after-ms: %s is kept within bounds', async (header, ms) => {
    const server = runServer();
    server.run = { ...server.run, status: 'queued' };
    server.headers = { 'openai-poll-after-ms': header };
    followRun(server.client, theRun);
    await seconds(100);
    expect(leastGapMs(server.polls())).toBe(ms);
    expect(server.polls()).toHaveLength(Math.floor(100_000 / ms) + 1);
  });

  it('hastens the first polls, and is not let to hasten all of them', async () => {
    const server = runServer();
    server.run = { ...server.run, status: 'queued' };
    server.headers = { 'openai-poll-after-ms': '0' };
    followRun(server.client, theRun);
    await seconds(100);
    expect(leastGapMs(server.polls())).toBe(100);
    expect(server.polls().length).toBeLessThan(30);
  });

  it('does not outlive what it was asked for', async () => {
    const server = runServer();
    server.run = { ...server.run, status: 'requires_action' };
    server.headers = { 'openai-poll-after-ms': '5000' };
    const followed = followRun(server.client, newRun, { transport: 'poll' });
    await seconds(30);
    server.run = { ...server.run, status: 'in_progress' };
    void followed.submit([]);
    await seconds(0);
    server.run = { ...server.run, status: 'completed' };
    await seconds(1);
    expect(followed.getState().phase).toBe('settled');
  });
});

describe('the end of a run that its server never ends', () => {
  const cases = [-3_600_000, 0, 3_600_000].flatMap((skewMs) =>
    (['in_progress', 'cancelling', 'requires_action', unknownStatus] as const).map(
      (status) => [skewMs, status] as const,
    ),
  );

  it.each(cases)(
    'comes half a minute behind its expiry when the server is %d ms ahead, %s',
    async (skewMs, status) => {
      const server = runServer({ skewMs });
      server.run = { ...server.run, status };
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      await seconds(629);
      expect(followed.getState().phase).toMatch(/polling|waiting/);
      await seconds(3);
      expect(followed.getState()).toMatchObject({
        phase: 'failed',
        error: { kind: 'timeout', runId: 'run_1' },
      });
      await expect(followed.settled).rejects.toMatchObject({ kind: 'timeout' });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it.each([-3_600_000, 3_600_000])(
    'does not come at once behind a cut when the server is %d ms ahead',
    async (skewMs) => {
      const server = runServer({ skewMs });
      server.stream = [{ event: 'thread.run.in_progress', data: server.run }];
      const followed = followRun(server.client, newRun);
      await seconds(600);
      expect(followed.getState().phase).toBe('polling');
      await seconds(32);
      expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
    },
  );

  it.each([-3_600_000, 3_600_000])(
    'is counted from the start where answers bear no date, %d ms ahead',
    async (skewMs) => {
      const server = runServer({ skewMs, hasDate: false });
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      await seconds(629);
      expect(followed.getState().phase).toBe('polling');
      await seconds(2);
      expect(followed.getState().phase).toBe('failed');
    },
  );

  it('comes though the expiry is junk', async () => {
    const server = runServer();
    server.run = { ...server.run, expires_at: 'soon' as unknown as number };
    const followed = followRun(server.client, theRun);
    await minutes(11);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
  });

  it('waits for a person as long as the run does', async () => {
    const server = runServer();
    server.run = {
      ...server.run,
      status: 'requires_action',
      expires_at: server.run.created_at + 3_600,
    };
    const followed = followRun(server.client, newRun, { transport: 'poll' });
    await minutes(60);
    expect(followed.getState().phase).toBe('waiting');
    await minutes(1);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
  });
});

describe('an answer that will not change', () => {
  it.each([401, 403, 404])('of status %d ends the polling in a typed state', async (status) => {
    const server = runServer();
    server.messages = [aMessage('What was said')];
    const followed = followRun(server.client, theRun);
    await seconds(5);
    server.instead = () => failure(status);
    await seconds(30);
    expect(followed.getState()).toMatchObject({
      phase: 'failed',
      error: { kind: 'http', status },
      messages: server.messages,
    });
    const { length } = server.asked;
    await minutes(5);
    expect(server.asked).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends it at once when the run to adopt is not there', async () => {
    const server = runServer();
    server.instead = () => failure(404);
    const followed = followRun(server.client, theRun);
    await seconds(0);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { status: 404 } });
    expect(server.asked).toHaveLength(1);
  });
});

describe('what a run writes', () => {
  it('is seen within two polls, though its status stays the same', async () => {
    for (const part of ['message', 'step'] as const) {
      // Behind that one list at a time is looked at; where steps tell of messages, either tells of the other.
      for (let atMs = 3_000; atMs < 28_000; atMs += 1_300) {
        const server = runServer();
        const followed = followRun(server.client, theRun);
        await vi.advanceTimersByTimeAsync(atMs);
        if (part === 'message') server.messages = [aMessage('Here')];
        else server.steps = [aStep()];
        await vi.advanceTimersByTimeAsync(Math.min(atMs * 1.7, 10_000));
        const { messages, steps } = followed.getState();
        expect({ atMs, part, seen: messages.length + steps.length }).toEqual({
          atMs,
          part,
          seen: 1,
        });
        followed.detach();
      }
    }
  });

  it('is seen each second while it grows, for about a request a second', async () => {
    const server = runServer();
    server.messages = [aMessage('')];
    const followed = followRun(server.client, theRun);
    const behind: number[] = [];
    for (let length = 1; length <= 30; length++) {
      server.messages = [aMessage('x'.repeat(length))];
      await seconds(1);
      const part = followed.getState().messages[0]?.content[0];
      behind.push(length - (part?.type === 'text' ? part.text.value.length : 0));
    }
    expect(Math.max(...behind)).toBeLessThanOrEqual(1);
    expect(server.asked.length).toBeLessThan(50);
  });

  it('is seen to the end of a run that ends unseen', async () => {
    const server = runServer();
    const followed = followRun(server.client, theRun);
    await seconds(60);
    server.messages = [aMessage('Done', { status: 'completed' })];
    server.steps = [aStep({ status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await seconds(6);
    expect(followed.getState()).toMatchObject({
      phase: 'settled',
      messages: server.messages,
      steps: server.steps,
    });
  });

  it('is asked for soon behind a cut of the second segment, however long the person took', async () => {
    const server = runServer();
    server.run = {
      ...server.run,
      status: 'requires_action',
      expires_at: server.run.created_at + 3_600,
    };
    const followed = followRun(server.client, newRun);
    await minutes(20);
    server.run = { ...server.run, status: 'in_progress' };
    server.stream = [{ event: 'thread.run.in_progress', data: server.run }];
    void followed.submit([]);
    await seconds(0);
    server.run = { ...server.run, status: 'completed' };
    server.messages = [aMessage('Done', { status: 'completed' })];
    await seconds(1);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('is not lost when the lists fail at the moment of the end', async () => {
    const server = runServer();
    const followed = followRun(server.client, theRun);
    await seconds(5);
    server.run = { ...server.run, status: 'completed' };
    server.messages = [aMessage('Done', { status: 'completed' })];
    let failures = 0;
    server.instead = (part) => (part === 'messages' && failures++ < 2 ? failure(500) : undefined);
    await seconds(20);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('is seen on a server that fails to list steps', async () => {
    const server = runServer();
    server.instead = (part) => (part === 'steps' ? failure(500) : undefined);
    const followed = followRun(server.client, theRun);
    await seconds(20);
    server.messages = [aMessage('Half of it')];
    await seconds(20);
    expect(followed.getState().messages).toEqual(server.messages);
    server.messages = [aMessage('Half of it is done', { status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await seconds(20);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('is seen on a server that has no steps', async () => {
    const server = runServer();
    server.instead = (part) => (part === 'steps' ? failure(404) : undefined);
    const followed = followRun(server.client, theRun);
    await seconds(1);
    server.messages = [aMessage('Done', { status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await seconds(5);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });
});

describe('a follower', () => {
  it('adopts a run though the first answers fail', async () => {
    const server = runServer();
    server.instead = () =>
      server.asked.length < 4 ? Promise.reject(new TypeError('offline')) : undefined;
    const followed = followRun(server.client, theRun);
    await seconds(10);
    expect(followed.getState()).toMatchObject({
      phase: 'polling',
      run: { id: 'run_1' },
      error: undefined,
    });
  });

  it('does not let a slow poll undo what a cancel has brought', async () => {
    const server = runServer();
    const followed = followRun(server.client, theRun);
    await seconds(3);
    const old = server.run;
    server.run = { ...server.run, status: 'cancelled' };
    server.instead = (part) =>
      part === 'cancel'
        ? undefined
        : new Promise((resolve) => setTimeout(() => resolve(Response.json(old)), 5_000));
    await seconds(3);
    await followed.stop();
    expect(followed.getState().run?.status).toBe('cancelled');
    await seconds(30);
    expect(followed.getState()).toMatchObject({ phase: 'settled', run: { status: 'cancelled' } });
  });

  it('does not let a slow cancel undo what the stream has brought', async () => {
    const server = runServer();
    const run = aRun({ status: 'in_progress' });
    const done = { ...run, status: 'completed' as const };
    const events = [
      { event: 'thread.run.in_progress', data: run },
      { event: 'thread.message.created', data: aMessage('One') },
      { event: 'thread.message.completed', data: aMessage('One, two', { status: 'completed' }) },
      { event: 'thread.run.completed', data: done },
    ] as const;
    let send = (_text: string) => undefined as void;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        void (send = (text) => controller.enqueue(new TextEncoder().encode(text))),
    });
    server.instead = (part) => {
      if (part === 'create')
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      if (part !== 'cancel') return undefined;
      return new Promise((resolve) =>
        setTimeout(() => resolve(Response.json({ ...run, status: 'cancelling' })), 3_000),
      );
    };
    const frame = ({ event, data }: (typeof events)[number]) =>
      `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    const followed = followRun(server.client, newRun);
    await seconds(1);
    send(events.slice(0, 2).map(frame).join(''));
    await seconds(1);
    void followed.stop();
    await seconds(1);
    send(events.slice(2).map(frame).join('') + 'event: done\ndata: [DONE]\n\n');
    await seconds(10);
    expect(followed.getState()).toMatchObject({
      run: { status: 'completed' },
      messages: [events[2].data],
    });
    expect(server.asked.map(({ part }) => part)).toEqual(['create', 'cancel']);
  });

  it.each(['connecting', 'between polls', 'in a poll', 'at requires_action'])(
    'that is detached while %s leaves nothing behind',
    async (when) => {
      const server = runServer({ latencyMs: 300 });
      if (when === 'at requires_action') server.run = { ...server.run, status: 'requires_action' };
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      if (when !== 'connecting') await seconds(10);
      if (when === 'in a poll') {
        const { length } = server.asked;
        while (server.asked.length === length) await vi.advanceTimersByTimeAsync(10);
      }
      followed.detach();
      // What is on its way at the server ends there by itself.
      await seconds(0.3);
      const { length } = server.asked;
      expect(followed.getState().phase).toBe('detached');
      expect(vi.getTimerCount()).toBe(0);
      await minutes(5);
      expect(server.asked).toHaveLength(length);
    },
  );
});
