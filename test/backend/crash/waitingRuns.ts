import { expect } from 'vitest';
import type { Message, Page, Run } from '../../../src/protocol/types.js';
import type { RequestTarget } from './sendRequest.js';

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

/** Starts runs that wait for tool outputs. The server plays the demo. */
export async function startWaitingRuns(server: RequestTarget, count: number): Promise<Run[]> {
  const assistant = await server.send('POST', '/assistants', { model: 'demo', tools: [WEATHER] });
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { body } = await server.send('POST', '/threads/runs', {
        assistant_id: assistant.body.id,
        thread: { messages: [{ role: 'user', content: 'What is the weather in Paris?' }] },
      });
      return waitForStatus(server, body as unknown as Run, 'requires_action');
    }),
  );
}

/** Resolves with a run as the server returns it now. */
export async function getRun(
  server: RequestTarget,
  { id, thread_id: threadId }: Pick<Run, 'id' | 'thread_id'>,
): Promise<Run> {
  const { body } = await server.send('GET', `/threads/${threadId}/runs/${id}`);
  return body as unknown as Run;
}

/** Checks that all runs still wait. */
export async function expectWaiting(server: RequestTarget, runs: readonly Run[]): Promise<void> {
  const statuses = new Set<string>();
  for (const run of runs) statuses.add((await getRun(server, run)).status);
  expect([...statuses]).toEqual(['requires_action']);
}

/** Answers the tool calls of all runs, and checks that each has ended with one answer. */
export async function answerRuns(server: RequestTarget, runs: readonly Run[]): Promise<void> {
  for (const run of runs) {
    const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    const { status } = await server.send(
      'POST',
      `/threads/${run.thread_id}/runs/${run.id}/submit_tool_outputs`,
      { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: '{"degrees":18}' })) },
    );
    expect(status).toBe(200);
  }
  for (const run of runs) {
    await waitForStatus(server, run, 'completed');
    const { body } = await server.send('GET', `/threads/${run.thread_id}/messages`);
    const { data } = body as unknown as Page<Message>;
    expect(data.map(({ role }) => role)).toEqual(['assistant', 'assistant', 'user']);
  }
}

async function waitForStatus(server: RequestTarget, run: Run, status: string): Promise<Run> {
  let current = run;
  const readStatus = async () => {
    current = await getRun(server, run);
    return current.status;
  };
  await expect.poll(readStatus, { interval: 20, timeout: 120_000 }).toBe(status);
  return current;
}
