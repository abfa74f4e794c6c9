import { afterEach, expect, it } from 'vitest';
import { type RunningServer, serve, type ServeOptions } from '../../../src/backend/server/serve.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';

const servers: RunningServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ deadlineMs: 0 });
});

async function startServer(options: ServeOptions = {}) {
  const server = await serve({ metrics: {}, log: () => undefined, ...options });
  servers.push(server);
  const post = async (path: string, body: object) => {
    const response = await fetch(`${server.url}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { id: string };
  };
  const readMetrics = async () => (await fetch(server.metricsUrl ?? '')).text();
  return { ...server, post, readMetrics };
}

it('serves the states of runs, leases and durations', async () => {
  const model = scriptedModel([{ when: 'wait', say: { call: 'f' } }, { say: 'Hello' }]);
  const { url, post, readMetrics } = await startServer({ model });
  const { id } = await post('/assistants', {
    model: 'm',
    tools: [{ type: 'function', function: { name: 'f' } }],
  });
  for (const content of ['wait', 'hello']) {
    const thread = { messages: [{ role: 'user', content }] };
    await post('/threads/runs', { assistant_id: id, thread });
  }
  await fetch(`${url}/v1/threads/thread_secret`);
  await fetch(`${url}/unknown/secret`);
  await expect.poll(readMetrics).toContain('assistants_runs{status="requires_action"} 1');
  await expect.poll(readMetrics).toContain('assistants_runs_ended_total{status="completed"} 1');
  const text = await readMetrics();
  expect(text).toContain('assistants_runs{status="queued"} 0');
  expect(text).toContain('assistants_leases 0');
  expect(text).toContain('assistants_model_first_event_seconds_count 2');
  expect(text).toMatch(/assistants_store_duration_seconds_count\{call="write"\} \d+/);
  expect(text).toContain(
    'assistants_request_duration_seconds_count{operation="createThreadAndRun",status="200"} 2',
  );
  expect(text).toContain(
    'assistants_request_duration_seconds_count{operation="getThread",status="404"} 1',
  );
  expect(text).toContain(
    'assistants_request_duration_seconds_count{operation="other",status="404"} 1',
  );
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('secret');
});

it('does not serve metrics to the users of the backend, or operations to readers of metrics', async () => {
  const { url, metricsUrl = '' } = await startServer();
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect((await fetch(`${url}/v1/metrics`)).status).toBe(404);
  expect((await fetch(new URL('/v1/threads', metricsUrl))).status).toBe(404);
  expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(404);
});

it('counts the end of a run once, also if it is changed later', async () => {
  const { url, post, readMetrics } = await startServer({
    model: scriptedModel([{ say: 'Hello' }]),
  });
  const { id } = await post('/assistants', { model: 'm' });
  const run = (await post('/threads/runs', { assistant_id: id })) as {
    id: string;
    thread_id: string;
  };
  await expect.poll(readMetrics).toContain('assistants_runs_ended_total{status="completed"} 1');
  const path = `/threads/${run.thread_id}/runs/${run.id}`;
  await post(path, { metadata: { a: 'b' } });
  const changed = await fetch(`${url}/v1${path}`);
  expect(await changed.json()).toMatchObject({ metadata: { a: 'b' } });
  expect(await readMetrics()).toContain('assistants_runs_ended_total{status="completed"} 1');
});

it('stops the metrics with the server', async () => {
  const { metricsUrl = '', close } = await startServer();
  await Promise.all([close({ deadlineMs: 0 }), close({ deadlineMs: 0 })]);
  await expect(fetch(metricsUrl)).rejects.toThrow('fetch failed');
});

it('does not start if the port of the metrics is in use', async () => {
  const { metricsUrl = '' } = await startServer();
  const port = Number(new URL(metricsUrl).port);
  await expect(serve({ metrics: { port }, log: () => undefined })).rejects.toThrow(
    /^Port \d+ of \S+ is in use\./,
  );
});
