import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Page, Run } from '../../../src/protocol/types.js';
import { numRuns } from '../../budget.js';
import { type ServerProcess, startServer } from './startServer.js';

const RUNS = numRuns(100, 20);
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

/** Starts runs that wait for tool outputs. */
async function startWaitingRuns(server: ServerProcess): Promise<Run[]> {
  const assistant = await server.send('POST', '/assistants', { model: 'demo', tools: [WEATHER] });
  return Promise.all(
    Array.from({ length: RUNS }, async () => {
      const { body } = await server.send('POST', '/threads/runs', {
        assistant_id: assistant.body.id,
        thread: { messages: [{ role: 'user', content: 'What is the weather in Paris?' }] },
      });
      return waitForStatus(server, body as unknown as Run, 'requires_action');
    }),
  );
}

async function getRun(server: ServerProcess, { id, thread_id: threadId }: Run): Promise<Run> {
  const { body } = await server.send('GET', `/threads/${threadId}/runs/${id}`);
  return body as unknown as Run;
}

async function waitForStatus(server: ServerProcess, run: Run, status: string): Promise<Run> {
  let current = run;
  const readStatus = async () => {
    current = await getRun(server, run);
    return current.status;
  };
  await expect.poll(readStatus, { interval: 20, timeout: 120_000 }).toBe(status);
  return current;
}

async function answer(server: ServerProcess, run: Run): Promise<void> {
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  const { status } = await server.send(
    'POST',
    `/threads/${run.thread_id}/runs/${run.id}/submit_tool_outputs`,
    { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: '{"degrees":18}' })) },
  );
  expect(status).toBe(200);
}

it.each([
  ['a kill', 'kill', false],
  ['a graceful restart', 'stop', false],
  ['a rolling restart, whose new process waits for the file', 'stop', true],
] as const)('answers runs that waited for tool outputs during %s', async (_, end, isRolling) => {
  const folder = mkdtempSync(join(tmpdir(), 'waiting-runs-'));
  const data = join(folder, 'store.sqlite');
  try {
    const first = await startServer(data);
    const waiting = await startWaitingRuns(first);
    const starting = isRolling ? startServer(data) : undefined;
    // Prevents an unhandled rejection while the first server stops.
    starting?.catch(() => undefined);
    await first[end]();

    const second = await (starting ?? startServer(data));
    for (const run of waiting) {
      expect((await getRun(second, run)).status).toBe('requires_action');
      await answer(second, run);
    }
    for (const run of waiting) {
      await waitForStatus(second, run, 'completed');
      const { body } = await second.send('GET', `/threads/${run.thread_id}/messages`);
      expect((body as unknown as Page<{ role: string }>).data[0]?.role).toBe('assistant');
    }
    expect(await second.stop()).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
