import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { createBackend } from '../../../src/backend/createBackend.js';
import type { Model } from '../../../src/backend/models/Model.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { FollowedRun, FollowRunOptions } from '../../../src/core/run/FollowedRun.js';
import { followRun } from '../../../src/core/run/followRun.js';
import { EXTENSIONS_HEADER } from '../../../src/protocol/extensions.js';
import { createDeferred } from '../../createDeferred.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const WORDS = 'One two three four five six seven eight.';
/** Created run, queued, in progress, step, message, ten deltas, their ends, and `done`. */
const MAX_EVENTS = 24;

/** Result of a stream: delivered, lost with its request, or cut after some events. */
type Fate = 'whole' | 'lost' | number;

interface HarnessOptions {
  /** Returns the fate of the stream with this number. @default every stream is whole */
  getFate?: (index: number) => Fate;
  /** @default a model that says `WORDS` */
  model?: Model;
  /** Changes a response before the client gets it. */
  transform?: (request: Request, response: Response) => Response;
}

/** Creates a backend with a thread and a client whose streams break. */
async function createHarness({
  getFate = () => 'whole',
  model = scriptedModel([{ say: WORDS }]),
  transform,
}: HarnessOptions = {}) {
  const backend = createBackend({ model });
  const requests: string[] = [];
  /** Number of requests whose responses have not ended. */
  const open = { now: 0, most: 0 };
  let streams = 0;
  const client = createAssistantsClient({
    retry: 0,
    fetch: async (request) => {
      const url = new URL(request.url);
      const isStream = request.headers.get('accept')?.includes('event-stream') === true;
      requests.push(`${request.method} ${url.pathname.split('/').at(-1)}${url.search}`);
      const fate = isStream ? getFate(streams++) : 'whole';
      if (fate === 'lost') throw new TypeError('The connection was refused.');
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      const response = await backend.fetch(request);
      const changed = transform?.(request, response) ?? response;
      const tracked = trackEnd(changed, () => {
        open.now -= 1;
      });
      return typeof fate === 'number' ? cutAfter(tracked, fate) : tracked;
    },
  });
  const assistant = await client.createAssistant({ body: { model: 'scripted' } });
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: 'Hello' }] },
  });
  requests.length = 0;
  open.most = 0;
  const createRun = { threadId: thread.id, body: { assistant_id: assistant.id } };
  return {
    client,
    requests,
    /** Returns the highest number of requests at the same time. */
    getMostOpen: () => open.most,
    threadId: thread.id,
    follow: (options?: FollowRunOptions) => followRun(client, { createRun }, options),
    async readStored() {
      const { data } = await client.listMessages({ threadId: thread.id });
      return data[0];
    },
  };
}

/** Calls a function when a response has been read or cancelled. */
function trackEnd(response: Response, onEnd: () => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      onEnd();
      controller.close();
    },
    async cancel() {
      onEnd();
      await reader.cancel();
    },
  });
  return new Response(body, response);
}

/** Ends an event stream after some events. Any network failure ends it like this, with or without an error. */
function cutAfter(response: Response, events: number): Response {
  if (!response.headers.get('content-type')?.includes('event-stream')) return response;
  let left = events;
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let buffer = '';
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      buffer += decoder.decode(chunk, { stream: true });
      for (let end = buffer.indexOf('\n\n'); end !== -1; end = buffer.indexOf('\n\n')) {
        if (left === 0) return controller.terminate();
        controller.enqueue(encoder.encode(buffer.slice(0, end + 2)));
        buffer = buffer.slice(end + 2);
        left -= 1;
      }
    },
  });
  return new Response(response.body?.pipeThrough(cut), response);
}

/** Follows a run to its end. Returns the texts that were shown, in order. */
async function watch(followed: FollowedRun): Promise<string[]> {
  const texts: string[] = [];
  const record = () => {
    const [part] = followed.getState().messages.at(-1)?.content ?? [];
    texts.push(part?.type === 'text' ? part.text.value : '');
  };
  followed.subscribe(record);
  let isSettled = false;
  void followed.settled.finally(() => {
    isSettled = true;
  });
  for (let turn = 0; turn < 500 && !isSettled; turn += 1) await vi.advanceTimersByTimeAsync(100);
  expect(isSettled).toBe(true);
  record();
  return texts;
}

function expectToGrow(texts: readonly string[]): void {
  const shorter = texts.filter((text, index) => !text.startsWith(texts[index - 1] ?? ''));
  expect(shorter).toEqual([]);
}

describe('a stream that breaks', () => {
  it.each(Array.from({ length: MAX_EVENTS }, (_, index) => index + 1))(
    'after event %i is continued with one request, and without polling',
    async (events) => {
      const harness = await createHarness({
        getFate: (index) => (index === 0 ? events : 'whole'),
      });
      const followed = harness.follow();
      const texts = await watch(followed);

      expectToGrow(texts);
      expect(texts.at(-1)).toBe(WORDS);
      expect(followed.getState()).toMatchObject({ phase: 'settled', isDesynced: false });
      const [creation, ...others] = harness.requests;
      expect(creation).toBe('POST runs');
      expect(others.length).toBeLessThanOrEqual(1);
      for (const request of others)
        expect(request).toMatch(
          new RegExp(`^GET run_\\w+\\?stream=true&starting_after=${events}$`),
        );
      expect(followed.getState().messages).toEqual([await harness.readStored()]);
    },
  );

  it('after every event is continued each time', async () => {
    const harness = await createHarness({ getFate: () => 1 });
    const texts = await watch(harness.follow());

    expectToGrow(texts);
    expect(texts.at(-1)).toBe(WORDS);
    expect(harness.requests.filter((request) => !request.includes('stream=true'))).toEqual([
      'POST runs',
    ]);
  });

  it('after every event is continued once a second', async () => {
    const harness = await createHarness({ getFate: () => 1 });
    const followed = harness.follow();
    await vi.advanceTimersByTimeAsync(0);
    const before = harness.requests.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(harness.requests.length - before).toBe(5);
    followed.detach();
  });

  it('is polled if the server does not have the events any more', async () => {
    const harness = await createHarness({
      getFate: (index) => (index === 0 ? 8 : 'whole'),
      transform: (request, response) =>
        request.url.includes('starting_after')
          ? Response.json({ error: { message: 'Expired.', type: 'x' } }, { status: 410 })
          : response,
    });
    const texts = await watch(harness.follow());

    expectToGrow(texts);
    expect(texts.at(-1)).toBe(WORDS);
    expect(harness.requests).toContainEqual(expect.stringMatching(/^GET run_\w+$/));
  });

  it.each([
    [410, 2],
    [404, 2],
    [400, 2],
  ])('is not continued again after the server has refused it with %i', async (status, attempts) => {
    const rest = createDeferred();
    const harness = await createHarness({
      model: scriptedModel([{ say: ['One ', { hold: rest.promise }, 'two.'] }]),
      getFate: (index) => (index === 0 ? 7 : 'whole'),
      transform: (request, response) =>
        request.method === 'GET' && request.url.includes('stream=true')
          ? Response.json({ error: { message: 'Refused.', type: 'x' } }, { status })
          : response,
    });
    const followed = harness.follow();
    await vi.advanceTimersByTimeAsync(60_000);
    const refused = harness.requests.filter((request) => request.includes('stream=true'));
    // After the event, and from the newest segment on.
    expect(refused).toHaveLength(attempts);
    expect(followed.getState()).toMatchObject({ phase: 'polling', error: undefined });
    rest.resolve();
    expect((await watch(followed)).at(-1)).toBe('One two.');
  });

  it('does not go back to a call that another page has answered meanwhile', async () => {
    const [call, rest] = [createDeferred(), createDeferred()];
    let isBroken = true;
    const harness = await createHarness({
      model: scriptedModel([
        {
          say: ['One ', { hold: call.promise }, { call: 'ask' }],
          after: ['Two ', { hold: rest.promise }, 'three.'],
        },
      ]),
      getFate: (index) => {
        if (index === 0) return 7;
        return isBroken ? 'lost' : 'whole';
      },
    });
    const followed = harness.follow();
    await vi.advanceTimersByTimeAsync(5_000);
    const { id: runId = '' } = followed.getState().run ?? {};
    const statuses = new Set<string | undefined>();
    followed.subscribe(() => statuses.add(followed.getState().run?.status));

    call.resolve();
    const ids = { threadId: harness.threadId, runId };
    await vi.advanceTimersByTimeAsync(0);
    const { required_action: action } = await harness.client.getRun(ids);
    const outputs = action?.submit_tool_outputs.tool_calls.map(({ id }) => ({
      tool_call_id: id,
      output: 'x',
    }));
    await harness.client.submitToolOutputsToRun({ ...ids, body: { tool_outputs: outputs ?? [] } });
    isBroken = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(followed.getState().phase).toBe('streaming');
    rest.resolve();
    await watch(followed);

    expect([...statuses]).toEqual(['in_progress', 'completed']);
    expect(followed.getState().messages.at(-1)).toEqual(await harness.readStored());
  });

  it.each<[string, HarnessOptions['transform'], FollowRunOptions]>([
    [
      'a server that does not announce it',
      (_, response) => {
        const headers = new Headers(response.headers);
        headers.delete(EXTENSIONS_HEADER);
        return new Response(response.body, { status: response.status, headers });
      },
      {},
    ],
    ['the transport poll', undefined, { transport: 'poll' }],
  ])('is not continued with %s', async (_, transform, options) => {
    const harness = await createHarness({
      getFate: (index) => (index === 0 ? 8 : 'whole'),
      ...(transform && { transform }),
    });
    const texts = await watch(harness.follow(options));

    expect(texts.at(-1)).toBe(WORDS);
    expect(harness.requests.filter((request) => request.includes('stream=true'))).toEqual([]);
  });

  it('is continued or polled, and its text never gets shorter', async () => {
    const fates = fc.array(
      fc.oneof(fc.constantFrom<Fate>('whole', 'lost'), fc.integer({ min: 0, max: 12 })),
      { maxLength: 8 },
    );
    await assertProperty(
      fc.asyncProperty(fc.integer({ min: 1, max: MAX_EVENTS }), fates, async (first, later) => {
        const harness = await createHarness({
          getFate: (index) => (index === 0 ? first : (later[index - 1] ?? 'whole')),
        });
        const followed = harness.follow();
        const texts = await watch(followed);

        expectToGrow(texts);
        expect(texts.at(-1)).toBe(WORDS);
        expect(followed.getState().messages).toEqual([await harness.readStored()]);
      }),
      { name: 'rejoin', full: 1_000, small: 40 },
    );
  });
});

describe('a run that another page has started', () => {
  it('is streamed from its start after one poll', async () => {
    const harness = await createHarness();
    const first = harness.follow();
    await vi.advanceTimersByTimeAsync(1);
    const runId = first.getState().run?.id ?? '';
    harness.requests.length = 0;
    const second = followRun(harness.client, { threadId: harness.threadId, runId });
    const texts = await watch(second);

    expectToGrow(texts);
    expect(second.getState().messages).toEqual(first.getState().messages);
    expect(texts.at(-1)).toBe(WORDS);
  });

  it.each(Array.from({ length: 8 }, (_, index) => index))(
    'is streamed in a second page that opens it after %i words, with one request at a time for each page',
    async (count) => {
      const words = WORDS.split(/(?<= )/);
      const rest = createDeferred();
      const say = [...words.slice(0, count), { hold: rest.promise }, ...words.slice(count)];
      const harness = await createHarness({ model: scriptedModel([{ say }]) });
      const first = harness.follow();
      await vi.advanceTimersByTimeAsync(1_000);
      const runId = first.getState().run?.id ?? '';
      harness.requests.length = 0;
      const second = followRun(harness.client, { threadId: harness.threadId, runId });
      await vi.advanceTimersByTimeAsync(30_000);

      expect([first, second].map((page) => page.getState().phase)).toEqual([
        'streaming',
        'streaming',
      ]);
      expect(second.getState().messages).toEqual(first.getState().messages);
      // One poll, which loads the run and its lists, and one stream.
      expect(harness.requests.map((request) => request.replace(/run_\w+/, 'run'))).toEqual([
        'GET run',
        expect.stringMatching(/^GET steps/),
        expect.stringMatching(/^GET messages/),
        'GET run?stream=true',
      ]);
      expect(harness.getMostOpen()).toBe(2);
      rest.resolve();
      await Promise.all([watch(first), watch(second)]);
      expect(harness.requests).toHaveLength(4);
      expect(second.getState().messages).toEqual([await harness.readStored()]);
    },
  );
});

describe('reasoning', () => {
  const model: Model = {
    async *respond() {
      for (const word of ['Let ', 'me ', 'think ', 'about ', 'this.'])
        yield { type: 'reasoning', text: word };
      yield { type: 'text', text: WORDS };
    },
  };

  it('is complete after a stream that breaks at any event', async () => {
    for (let events = 0; events < 16; events += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each stream is cut at another event
      const api = await createHarness({
        model,
        getFate: (index) => (index === 0 ? events : 'whole'),
      });
      const followed = api.follow();
      // oxlint-disable-next-line no-await-in-loop -- each stream is cut at another event
      await watch(followed);
      const { reasoning, steps } = followed.getState();
      const stored = steps[0]?.reasoning?.text;
      expect(stored, `cut after ${events} events`).toBe('Let me think about this.');
      // Without a second stream, the first one has shown a part of it.
      expect(stored?.startsWith(reasoning?.text ?? '')).toBe(true);
      expect([undefined, steps[0]?.id]).toContain(reasoning?.id);
    }
  });

  it('is part of the steps without a stream', async () => {
    const api = await createHarness({ model });
    const followed = api.follow({ transport: 'poll' });
    await watch(followed);
    expect(followed.getState().steps[0]?.reasoning?.text).toBe('Let me think about this.');
    expect(followed.getState().reasoning).toBeUndefined();
  });

  it('of a server that sends anything never throws', async () => {
    const deltas = [null, 1, {}, { text: 1 }, { text: null, duration_ms: 'x' }, []];
    const event = 'thread.run.step.reasoning.delta';
    const frames = deltas
      .flatMap((delta) => [
        { id: 'step_1', delta },
        { id: 1, delta },
      ])
      .map((data) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const api = await createHarness({
      transform: (request, response) =>
        response.headers.get('content-type')?.includes('event-stream') === true &&
        request.method === 'POST'
          ? new Response(frames.join(''), response)
          : response,
    });
    const followed = api.follow();
    await watch(followed);
    expect(typeof (followed.getState().reasoning?.text ?? '')).toBe('string');
    expect(followed.getState().messages).toHaveLength(1);
  });
});

describe('a hidden page', () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });

  function show(visibilityState: 'visible' | 'hidden'): void {
    document.visibilityState = visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  }

  beforeEach(() => {
    show('visible');
    vi.stubGlobal('document', document);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** Opens a run whose model waits in the middle of its answer. */
  async function open(options?: FollowRunOptions) {
    const rest = createDeferred();
    const api = await createHarness({
      model: scriptedModel([{ say: ['One ', { hold: rest.promise }, 'two.'] }]),
    });
    const followed = api.follow(options);
    await vi.advanceTimersByTimeAsync(100);
    const isStreaming = () => followed.getState().phase === 'streaming';
    return { ...api, followed, rest, isStreaming };
  }

  it('closes its stream, polls, and streams again when it is shown', async () => {
    const { followed, rest, isStreaming, requests, getMostOpen } = await open();
    expect(isStreaming()).toBe(true);
    show('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(followed.getState().phase).toBe('polling');
    expect(followed.getState().error).toBeUndefined();
    const polls = requests.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests.length).toBeGreaterThan(polls);
    expect(requests.slice(1).filter((request) => request.includes('stream=true'))).toEqual([]);

    show('visible');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(isStreaming()).toBe(true);
    const shown = requests.length;
    await vi.advanceTimersByTimeAsync(60_000);
    rest.resolve();
    const texts = await watch(followed);
    expect(texts.at(-1)).toBe('One two.');
    expectToGrow(texts);
    expect(requests).toHaveLength(shown);
    expect(getMostOpen()).toBe(1);
  });

  it('keeps its stream if it is shown again soon', async () => {
    const { followed, rest, isStreaming, requests } = await open();
    for (let time = 0; time < 5; time += 1) {
      show('hidden');
      // oxlint-disable-next-line no-await-in-loop -- one look at another tab after the other
      await vi.advanceTimersByTimeAsync(5_000);
      show('visible');
      // oxlint-disable-next-line no-await-in-loop -- one look at another tab after the other
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(isStreaming()).toBe(true);
    rest.resolve();
    await watch(followed);
    expect(requests).toHaveLength(1);
  });

  it('sees the end of the run', async () => {
    const { followed, rest } = await open();
    show('hidden');
    await vi.advanceTimersByTimeAsync(30_000);
    rest.resolve();
    const texts = await watch(followed);
    expect([texts.at(-1), followed.getState().phase]).toEqual(['One two.', 'settled']);
  });

  it('keeps its stream if it must not poll', async () => {
    const { followed, rest, isStreaming } = await open({ transport: 'sse' });
    show('hidden');
    await vi.advanceTimersByTimeAsync(50_000);
    expect(isStreaming()).toBe(true);
    rest.resolve();
    await watch(followed);
    expect(followed.getState().phase).toBe('settled');
  });
});
