import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeEvent } from '../../../src/protocol/encodeEvent.js';
import type { RunStatus } from '../../../src/protocol/types.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { aMessage, aRun, aStep } from './events.js';
import { createRunServer } from './createRunServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  // No jitter: delays have their shortest length.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Server = ReturnType<typeof createRunServer>;
type Override = Server['override'];

const runIds = { threadId: 'thread_1', runId: 'run_1' };
const newRun = { createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } } };
const advanceMinutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);
const advanceSeconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

/** Status that a later version of the API may add. */
const unknownStatus = 'paused' as RunStatus;
const htmlPage = () =>
  new Response('<html>Please log in</html>', { headers: { 'content-type': 'text/html' } });
const errorResponse = (status: number, headers: Record<string, string> = {}) =>
  Response.json(
    { error: { message: 'No', type: 'server_error', param: null, code: null } },
    { status, headers },
  );

function getGapsMs(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function getMinGapMs(times: readonly number[]): number {
  return Math.min(...getGapsMs(times));
}

/** Overrides the responses to all requests after the first poll. */
function overrideLater(server: Server, override: Override) {
  server.override = (kind) => (server.requests.length > 3 ? override(kind) : undefined);
}

const setStatus = (status: RunStatus) => (server: Server) => {
  server.run = { ...server.run, status };
};
const setHeaders = (headers: Record<string, string>) => (server: Server) => {
  server.headers = headers;
};
const setOverride = (override: Override) => (server: Server) => {
  server.override = override;
};
const setLaterOverride = (override: Override) => (server: Server) =>
  overrideLater(server, override);

/** Servers and networks that a poller has to cope with. */
const conditions: Record<string, (server: Server) => void> = {
  'nothing new': () => undefined,
  'an unknown status': setStatus(unknownStatus),
  'the status queued': setStatus('queued'),
  'the status cancelling': setStatus('cancelling'),
  'the status requires_action': setStatus('requires_action'),
  'an invalid openai-poll-after-ms': setHeaders({ 'openai-poll-after-ms': '-1, soon' }),
  'an openai-poll-after-ms of 400': setHeaders({ 'openai-poll-after-ms': '400' }),
  'an openai-poll-after-ms of 1000': setHeaders({ 'openai-poll-after-ms': '1000' }),
  'an invalid Date header': setHeaders({ date: 'yesterday' }),
  'a failure of every request': setLaterOverride(() => errorResponse(500)),
  'a Retry-After of 0': setLaterOverride(() => errorResponse(503, { 'retry-after': '0' })),
  'an invalid Retry-After': setLaterOverride(() =>
    errorResponse(429, { 'retry-after': '-3 weeks' }),
  ),
  'no response': setLaterOverride(() => Promise.reject(new TypeError('offline'))),
  'the HTML page of a login': setLaterOverride(htmlPage),
  'an object that is not a run': setLaterOverride(() => Response.json({})),
  'a list that is not JSON': setOverride((kind) =>
    kind === 'messages' ? new Response('no') : undefined,
  ),
  'a failure of both lists': setOverride((kind) =>
    kind === 'messages' || kind === 'steps' ? errorResponse(500) : undefined,
  ),
  'a failure of one list': setOverride((kind) =>
    kind === 'messages' ? errorResponse(500) : undefined,
  ),
  'a server without steps': setOverride((kind) =>
    kind === 'steps' ? errorResponse(404) : undefined,
  ),
};

describe('a run without changes for ten minutes', () => {
  const transports = {
    polled: (server: Server) => followRun(server.client, newRun, { transport: 'poll' }),
    adopted: (server: Server) => followRun(server.client, runIds),
    'polled after a broken stream': (server: Server) => {
      server.stream = [
        { event: 'thread.run.created', data: { ...server.run, status: 'queued' } },
        { event: 'thread.run.in_progress', data: server.run },
        { event: 'thread.message.created', data: aMessage(undefined) },
      ];
      server.messages = [aMessage('Hm')];
      return followRun(server.client, newRun);
    },
  };
  const cases = Object.keys(transports).flatMap((transport) =>
    Object.keys(conditions).map((condition) => [transport, condition] as const),
  );

  it.each(cases)(
    '%s, with %s, costs few requests and ends after its expiry',
    async (transport, condition) => {
      const server = createRunServer();
      conditions[condition]?.(server);
      const followed = transports[transport as keyof typeof transports](server);
      await advanceMinutes(10);
      expect(server.requests.length).toBeLessThanOrEqual(90);
      expect(server.requests.length).toBeGreaterThan(40);
      expect(getMinGapMs(server.getPollTimes())).toBeGreaterThanOrEqual(400);
      await advanceMinutes(1);
      expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('is never polled twice at the same time, even with slow responses', async () => {
    const server = createRunServer({ latencyMs: 7_000 });
    followRun(server.client, newRun, { transport: 'poll' });
    await advanceMinutes(3);
    expect(server.requests.length).toBeGreaterThan(10);
    expect(server.maxInFlight).toBe(1);
  });
});

describe('the delay that a server requests', () => {
  it.each([1, 30, 120, 600])(
    'is respected when Retry-After is %d seconds',
    async (delaySeconds) => {
      const server = createRunServer();
      server.run = { ...server.run, expires_at: server.run.created_at + 7_200 };
      overrideLater(server, () => errorResponse(429, { 'retry-after': `${delaySeconds}` }));
      followRun(server.client, runIds);
      await advanceMinutes(60);
      const times = server.getPollTimes().slice(1);
      expect(getMinGapMs(times)).toBeGreaterThanOrEqual(delaySeconds * 1_000);
      expect(times.length).toBeGreaterThan(4);
    },
  );

  it('ends when the server responds again', async () => {
    const server = createRunServer();
    overrideLater(server, () =>
      server.requests.length < 5 ? errorResponse(429, { 'retry-after': '100' }) : undefined,
    );
    followRun(server.client, runIds);
    await advanceSeconds(120);
    const [gap, ...later] = getGapsMs(server.getPollTimes()).slice(1);
    expect(gap).toBeGreaterThanOrEqual(100_000);
    expect(later.length).toBeGreaterThan(1);
    expect(Math.max(...later)).toBeLessThanOrEqual(10_000);
  });

  it.each([
    ['7000', 7_000],
    ['99999999', 30_000],
  ])('is limited with openai-poll-after-ms: %s', async (header, ms) => {
    const server = createRunServer();
    server.run = { ...server.run, status: 'queued' };
    server.headers = { 'openai-poll-after-ms': header };
    followRun(server.client, runIds);
    await advanceSeconds(100);
    expect(getMinGapMs(server.getPollTimes())).toBe(ms);
    expect(server.getPollTimes()).toHaveLength(Math.floor(100_000 / ms) + 1);
  });

  it('shortens only the first delays', async () => {
    const server = createRunServer();
    server.run = { ...server.run, status: 'queued' };
    server.headers = { 'openai-poll-after-ms': '0' };
    followRun(server.client, runIds);
    await advanceSeconds(100);
    expect(getMinGapMs(server.getPollTimes())).toBe(100);
    expect(server.getPollTimes().length).toBeLessThan(30);
  });

  it('does not apply after a submit', async () => {
    const server = createRunServer();
    server.run = { ...server.run, status: 'requires_action' };
    server.headers = { 'openai-poll-after-ms': '5000' };
    const followed = followRun(server.client, newRun, { transport: 'poll' });
    await advanceSeconds(30);
    server.run = { ...server.run, status: 'in_progress' };
    void followed.submit([]);
    await advanceSeconds(0);
    server.run = { ...server.run, status: 'completed' };
    await advanceSeconds(1);
    expect(followed.getState().phase).toBe('settled');
  });
});

describe('the deadline of a run that its server never ends', () => {
  const cases = [-3_600_000, 0, 3_600_000].flatMap((skewMs) =>
    (['in_progress', 'cancelling', 'requires_action', unknownStatus] as const).map(
      (status) => [skewMs, status] as const,
    ),
  );

  it.each(cases)(
    'is half a minute after its expiry if the server is %d ms ahead, with the status %s',
    async (skewMs, status) => {
      const server = createRunServer({ skewMs });
      server.run = { ...server.run, status };
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      await advanceSeconds(629);
      expect(followed.getState().phase).toMatch(/polling|waiting/);
      await advanceSeconds(3);
      expect(followed.getState()).toMatchObject({
        phase: 'failed',
        error: { kind: 'timeout', runId: 'run_1' },
      });
      await expect(followed.settled).rejects.toMatchObject({ kind: 'timeout' });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it.each([-3_600_000, 3_600_000])(
    'is not immediately after a broken stream if the server is %d ms ahead',
    async (skewMs) => {
      const server = createRunServer({ skewMs });
      server.stream = [{ event: 'thread.run.in_progress', data: server.run }];
      const followed = followRun(server.client, newRun);
      await advanceSeconds(600);
      expect(followed.getState().phase).toBe('polling');
      await advanceSeconds(32);
      expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
    },
  );

  it.each([-3_600_000, 3_600_000])(
    'counts from the start of polling if responses have no date, %d ms ahead',
    async (skewMs) => {
      const server = createRunServer({ skewMs, hasDate: false });
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      await advanceSeconds(629);
      expect(followed.getState().phase).toBe('polling');
      await advanceSeconds(2);
      expect(followed.getState().phase).toBe('failed');
    },
  );

  it('exists even if the expiry is invalid', async () => {
    const server = createRunServer();
    server.run = { ...server.run, expires_at: 'soon' as unknown as number };
    const followed = followRun(server.client, runIds);
    await advanceMinutes(11);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
  });

  it('is that of the run while it requires tool outputs', async () => {
    const server = createRunServer();
    server.run = {
      ...server.run,
      status: 'requires_action',
      expires_at: server.run.created_at + 3_600,
    };
    const followed = followRun(server.client, newRun, { transport: 'poll' });
    await advanceMinutes(60);
    expect(followed.getState().phase).toBe('waiting');
    await advanceMinutes(1);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
  });
});

describe('a permanent error', () => {
  it.each([401, 403, 404])('with status %d ends polling and keeps the messages', async (status) => {
    const server = createRunServer();
    server.messages = [aMessage('Hello')];
    const followed = followRun(server.client, runIds);
    await advanceSeconds(5);
    server.override = () => errorResponse(status);
    await advanceSeconds(30);
    expect(followed.getState()).toMatchObject({
      phase: 'failed',
      error: { kind: 'http', status },
      messages: server.messages,
    });
    const { length } = server.requests;
    await advanceMinutes(5);
    expect(server.requests).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends polling immediately if the run does not exist', async () => {
    const server = createRunServer();
    server.override = () => errorResponse(404);
    const followed = followRun(server.client, runIds);
    await advanceSeconds(0);
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { status: 404 } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('messages and steps', () => {
  it('appear within two polls while the status of the run stays the same', async () => {
    for (const part of ['message', 'step'] as const) {
      // Later polls request one list each.
      for (let atMs = 3_000; atMs < 28_000; atMs += 1_300) {
        const server = createRunServer();
        const followed = followRun(server.client, runIds);
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

  it('are polled every second while text grows, with about one request each', async () => {
    const server = createRunServer();
    server.messages = [aMessage('')];
    const followed = followRun(server.client, runIds);
    const missing: number[] = [];
    for (let length = 1; length <= 30; length++) {
      server.messages = [aMessage('x'.repeat(length))];
      await advanceSeconds(1);
      const part = followed.getState().messages[0]?.content[0];
      missing.push(length - (part?.type === 'text' ? part.text.value.length : 0));
    }
    expect(Math.max(...missing)).toBeLessThanOrEqual(1);
    expect(server.requests.length).toBeLessThan(50);
  });

  it('are complete if the run ends between two polls', async () => {
    const server = createRunServer();
    const followed = followRun(server.client, runIds);
    await advanceSeconds(60);
    server.messages = [aMessage('Done', { status: 'completed' })];
    server.steps = [aStep({ status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await advanceSeconds(6);
    expect(followed.getState()).toMatchObject({
      phase: 'settled',
      messages: server.messages,
      steps: server.steps,
    });
  });

  it('are polled soon after the stream of the second segment breaks, even if the user took long to submit', async () => {
    const server = createRunServer();
    server.run = {
      ...server.run,
      status: 'requires_action',
      expires_at: server.run.created_at + 3_600,
    };
    const followed = followRun(server.client, newRun);
    await advanceMinutes(20);
    server.run = { ...server.run, status: 'in_progress' };
    server.stream = [{ event: 'thread.run.in_progress', data: server.run }];
    void followed.submit([]);
    await advanceSeconds(0);
    server.run = { ...server.run, status: 'completed' };
    server.messages = [aMessage('Done', { status: 'completed' })];
    await advanceSeconds(1);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('are complete even if the lists fail when the run ends', async () => {
    const server = createRunServer();
    const followed = followRun(server.client, runIds);
    await advanceSeconds(5);
    server.run = { ...server.run, status: 'completed' };
    server.messages = [aMessage('Done', { status: 'completed' })];
    let failures = 0;
    server.override = (kind) =>
      kind === 'messages' && failures++ < 2 ? errorResponse(500) : undefined;
    await advanceSeconds(20);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('appear if the server fails to list steps', async () => {
    const server = createRunServer();
    server.override = (kind) => (kind === 'steps' ? errorResponse(500) : undefined);
    const followed = followRun(server.client, runIds);
    await advanceSeconds(20);
    server.messages = [aMessage('Half of it')];
    await advanceSeconds(20);
    expect(followed.getState().messages).toEqual(server.messages);
    server.messages = [aMessage('Half of it is done', { status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await advanceSeconds(20);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });

  it('appear if the server has no steps', async () => {
    const server = createRunServer();
    server.override = (kind) => (kind === 'steps' ? errorResponse(404) : undefined);
    const followed = followRun(server.client, runIds);
    await advanceSeconds(1);
    server.messages = [aMessage('Done', { status: 'completed' })];
    server.run = { ...server.run, status: 'completed' };
    await advanceSeconds(5);
    expect(followed.getState()).toMatchObject({ phase: 'settled', messages: server.messages });
  });
});

describe('a followed run', () => {
  it('is adopted even if the first polls fail', async () => {
    const server = createRunServer();
    server.override = () =>
      server.requests.length < 4 ? Promise.reject(new TypeError('offline')) : undefined;
    const followed = followRun(server.client, runIds);
    await advanceSeconds(10);
    expect(followed.getState()).toMatchObject({
      phase: 'polling',
      run: { id: 'run_1' },
      error: undefined,
    });
  });

  it('stays cancelled if a slow poll returns an older state', async () => {
    const server = createRunServer();
    const followed = followRun(server.client, runIds);
    await advanceSeconds(3);
    const oldRun = server.run;
    server.run = { ...server.run, status: 'cancelled' };
    server.override = (kind) =>
      kind === 'cancel'
        ? undefined
        : new Promise((resolve) => setTimeout(() => resolve(Response.json(oldRun)), 5_000));
    await advanceSeconds(3);
    await followed.stop();
    expect(followed.getState().run?.status).toBe('cancelled');
    await advanceSeconds(30);
    expect(followed.getState()).toMatchObject({ phase: 'settled', run: { status: 'cancelled' } });
  });

  it('stays completed if a slow cancel returns an older state', async () => {
    const server = createRunServer();
    const run = aRun({ status: 'in_progress' });
    const done = { ...run, status: 'completed' as const };
    const events = [
      { event: 'thread.run.in_progress', data: run },
      { event: 'thread.message.created', data: aMessage('One') },
      { event: 'thread.message.completed', data: aMessage('One, two', { status: 'completed' }) },
      { event: 'thread.run.completed', data: done },
    ] as const;
    const { readable, writable } = new TransformStream<string, string>();
    const writer = writable.getWriter();
    const body = readable.pipeThrough(new TextEncoderStream());
    server.override = (kind) => {
      if (kind === 'create')
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      if (kind !== 'cancel') return undefined;
      return new Promise((resolve) =>
        setTimeout(() => resolve(Response.json({ ...run, status: 'cancelling' })), 3_000),
      );
    };
    const encode = ({ event, data }: (typeof events)[number]) => encodeEvent(event, data);
    const followed = followRun(server.client, newRun);
    await advanceSeconds(1);
    void writer.write(events.slice(0, 2).map(encode).join(''));
    await advanceSeconds(1);
    void followed.stop();
    await advanceSeconds(1);
    void writer.write(events.slice(2).map(encode).join('') + encodeEvent('done', '[DONE]'));
    await advanceSeconds(10);
    expect(followed.getState()).toMatchObject({
      run: { status: 'completed' },
      messages: [events[2].data],
    });
    expect(server.requests.map(({ kind }) => kind)).toEqual(['create', 'cancel']);
  });

  it('rejects tool outputs that are queued while the run is cancelled', async () => {
    const server = createRunServer({ latencyMs: 300 });
    server.run = { ...server.run, status: 'requires_action' };
    const followed = followRun(server.client, newRun, { transport: 'poll' });
    await advanceSeconds(10);
    const { length } = server.requests;
    while (server.requests.length === length) await vi.advanceTimersByTimeAsync(10);
    server.run = { ...server.run, status: 'cancelled' };
    const rejection = followed.submit([]).catch((error: unknown) => error);
    await expect(followed.submit([])).rejects.toMatchObject({ kind: 'tool' });
    await advanceSeconds(1);
    expect(await rejection).toMatchObject({ kind: 'run' });
    expect(followed.getState()).toMatchObject({ phase: 'settled', run: { status: 'cancelled' } });
    expect(server.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
  });

  it.each(['connecting', 'between polls', 'in a poll', 'at requires_action'])(
    'leaves nothing behind if it is detached while %s',
    async (when) => {
      const server = createRunServer({ latencyMs: 300 });
      if (when === 'at requires_action') server.run = { ...server.run, status: 'requires_action' };
      const followed = followRun(server.client, newRun, { transport: 'poll' });
      if (when !== 'connecting') await advanceSeconds(10);
      if (when === 'in a poll') {
        const { length } = server.requests;
        while (server.requests.length === length) await vi.advanceTimersByTimeAsync(10);
      }
      followed.detach();
      // Lets requests finish that are in flight.
      await advanceSeconds(0.3);
      const { length } = server.requests;
      expect(followed.getState().phase).toBe('detached');
      expect(vi.getTimerCount()).toBe(0);
      await advanceMinutes(5);
      expect(server.requests).toHaveLength(length);
    },
  );
});
