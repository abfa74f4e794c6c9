import { describe, expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import type { AssistantsClient } from '../../../src/client/AssistantsClient.js';
import { followRun } from '../../../src/core/run/followRun.js';
import type { FollowRunOptions } from '../../../src/core/run/FollowedRun.js';

const weather = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object' } },
} as const;
let openGate = () => {};
const gate = new Promise<void>((resolve) => {
  openGate = resolve;
});
const model = scriptedModel([
  { when: /gate/, say: ['One, ', { hold: gate }, 'two.'] },
  {
    when: /weather/,
    say: ['Let me look.', { call: 'get_weather', with: { city: 'Paris' } }],
    after: 'It is sunny.',
  },
  { when: /stall/, say: ['Thinking', { stall: true }] },
  { when: /fail/, say: ['One moment', { fail: 'rate_limit_exceeded' }] },
  { say: 'Hello, *world*. How are you?' },
]);

/** Creates a backend with an assistant and a thread that ends in a question, and a client of it. */
async function ask(question: string, wrapFetch?: (fetch: Fetch) => Fetch) {
  const backend = createBackend({ model });
  const client = createAssistantsClient({
    fetch: wrapFetch ? wrapFetch(backend.fetch) : backend.fetch,
  });
  const assistant = await client.createAssistant({ body: { model: 'scripted', tools: [weather] } });
  const thread = await client.createThread({
    body: { messages: [{ role: 'user', content: question }] },
  });
  const createRun = { threadId: thread.id, body: { assistant_id: assistant.id } };
  return {
    backend,
    client,
    createRun,
    follow: (options?: FollowRunOptions) => followRun(client, { createRun }, options),
  };
}
type Fetch = (request: Request) => Promise<Response>;

/** Lists the messages of a thread after the question. */
async function listAnswers(client: AssistantsClient, threadId: string) {
  const { data } = await client.listMessages({ threadId, query: { order: 'asc' } });
  return data.slice(1);
}

describe('followRun', () => {
  it('streams a run until it is completed', async () => {
    const { client, createRun, follow } = await ask('Hi');
    const followed = follow();
    const run = await followed.settled;
    expect(run.status).toBe('completed');
    expect(followed.getState()).toMatchObject({
      phase: 'settled',
      error: undefined,
      isDesynced: false,
    });
    expect(followed.getState().messages).toEqual(await listAnswers(client, createRun.threadId));
  });

  it.each(['auto', 'poll', 'sse'] as const)(
    'follows all segments of a run with the transport %s',
    async (transport) => {
      const { client, createRun, follow } = await ask('What is the weather?');
      const followed = follow({ transport });
      const waiting = new Promise<void>((resolve) => {
        followed.subscribe(() => followed.getState().phase === 'waiting' && resolve());
      });
      await waiting;
      const [call] = followed.getState().run?.required_action?.submit_tool_outputs.tool_calls ?? [];
      expect(call?.function).toEqual({ name: 'get_weather', arguments: '{"city":"Paris"}' });
      await followed.submit([{ tool_call_id: call?.id ?? '', output: 'sunny' }]);
      expect(await followed.settled).toMatchObject({ status: 'completed' });
      expect(followed.getState().messages).toEqual(await listAnswers(client, createRun.threadId));
      expect(followed.getState().steps.map(({ type, status }) => [type, status])).toEqual([
        ['message_creation', 'completed'],
        ['tool_calls', 'completed'],
        ['message_creation', 'completed'],
      ]);
    },
  );

  it('polls if the server answers with JSON instead of a stream', async () => {
    const withoutStreams =
      (fetch: Fetch): Fetch =>
      async (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/runs')) return fetch(request);
        const body = { ...((await request.json()) as object), stream: false };
        return fetch(
          new Request(request.url, {
            method: 'POST',
            headers: request.headers,
            body: JSON.stringify(body),
          }),
        );
      };
    const { client, createRun, follow } = await ask('Hi', withoutStreams);
    const followed = follow();
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(followed.getState().messages).toEqual(await listAnswers(client, createRun.threadId));
  });

  it('cancels a run on the server and follows it until it settles', async () => {
    const { follow } = await ask('Please stall');
    const followed = follow();
    await new Promise<void>((resolve) => {
      followed.subscribe(() => followed.getState().messages.length > 0 && resolve());
    });
    await followed.stop();
    expect(await followed.settled).toMatchObject({ status: 'cancelled' });
    expect(followed.getState().messages[0]).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'run_cancelled' },
    });
  });

  it('cancels a run that is stopped before it is created', async () => {
    const { follow } = await ask('Please stall');
    const followed = follow();
    await followed.stop();
    expect(await followed.settled).toMatchObject({ status: 'cancelled' });
  });

  it('does not cancel the run when it is detached, and can follow it again by its id', async () => {
    const { client, backend, createRun, follow } = await ask('Wait at the gate');
    const first = follow();
    await new Promise<void>((resolve) => {
      first.subscribe(() => first.getState().run && resolve());
    });
    first.detach();
    await expect(first.settled).rejects.toMatchObject({ kind: 'aborted' });
    openGate();
    await backend.idle();
    const runId = first.getState().run?.id ?? '';
    const again = followRun(client, { threadId: createRun.threadId, runId });
    expect(await again.settled).toMatchObject({ id: runId, status: 'completed' });
    expect(again.getState().messages).toHaveLength(1);
  });

  it('settles a failed run with the text that it wrote before', async () => {
    const { follow } = await ask('Please fail');
    const followed = follow();
    expect(await followed.settled).toMatchObject({
      status: 'failed',
      last_error: { code: 'rate_limit_exceeded' },
    });
    expect(followed.getState().messages[0]?.status).toBe('incomplete');
  });

  it('rejects if the run cannot be created', async () => {
    const { client, createRun } = await ask('Hi');
    const followed = followRun(client, {
      createRun: { ...createRun, body: { assistant_id: 'asst_none' } },
    });
    await expect(followed.settled).rejects.toMatchObject({ kind: 'http', status: 404 });
    expect(followed.getState()).toMatchObject({ phase: 'failed', error: { status: 404 } });
  });

  it('rejects outputs if the run does not require any', async () => {
    const { follow } = await ask('Hi');
    const followed = follow();
    await followed.settled;
    await expect(followed.submit([])).rejects.toMatchObject({ kind: 'run' });
  });

  it('emits only new objects and new statuses to the sink', async () => {
    const { follow } = await ask('Hi');
    const emitted: string[] = [];
    const followed = follow({
      sink: {
        run: (run) => emitted.push(`run ${run.status}`),
        message: (message) => emitted.push(`message ${message.status}`),
        step: (step) => emitted.push(`step ${step.status}`),
      },
    });
    await followed.settled;
    expect(emitted.filter((line) => line.startsWith('message'))).toEqual([
      'message in_progress',
      'message completed',
    ]);
    expect(emitted.indexOf('message completed')).toBeLessThan(emitted.indexOf('run completed'));
  });
});
