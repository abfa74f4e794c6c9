import { createAssistantsClient } from 'assistants-react/client';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { recordRequests } from 'assistants-react/devtools';
import { beforeEach, expect, it, vi } from 'vitest';
import { requestLog } from '../../src/devtools/requestLog.js';

beforeEach(() => requestLog.setState([]));

function createClient(fetch = createBackend({ model: scriptedModel([{ say: 'Hi.' }]) }).fetch) {
  return createAssistantsClient({
    fetch,
    apiKey: 'sk-secret',
    headers: { 'x-user': 'secret' },
    middleware: [recordRequests],
    retry: 0,
  });
}

const getRequests = () => requestLog.getState();

it('records requests with their bodies and durations, without keys', async () => {
  const client = createClient();
  await client.createAssistant({ body: { model: 'scripted', name: 'Ann' } });
  await vi.waitFor(() => expect(getRequests()[0]?.durationMs).toBeTypeOf('number'));

  expect(getRequests()).toMatchObject([{ method: 'POST', path: '/assistants', status: 200 }]);
  expect(getRequests()[0]?.requestBody).toContain('"name":"Ann"');
  expect(getRequests()[0]?.responseBody).toContain('"object":"assistant"');
  expect(JSON.stringify(getRequests())).not.toContain('secret');
});

it('records the events of a stream, and leaves the stream to the caller', async () => {
  const client = createClient();
  const { id } = await client.createAssistant({ body: { model: 'scripted' } });
  const response = await client.stream('createThreadAndRun', {
    body: { assistant_id: id, stream: true, thread: { messages: [] } },
  });
  expect(await response.text()).toContain('event: thread.run.completed');
  await vi.waitFor(() => expect(getRequests()[1]?.durationMs).toBeTypeOf('number'));
  expect(getRequests()[1]?.events.map(({ name }) => name)).toContain('thread.run.completed');
});

it('records failures', async () => {
  const client = createClient(async () => {
    throw new TypeError('The network is down.');
  });
  await expect(client.listAssistants()).rejects.toMatchObject({ kind: 'network' });
  expect(getRequests()).toMatchObject([{ path: '/assistants', error: 'The network is down.' }]);
});

it('keeps the newest requests', async () => {
  const client = createClient(async () => Response.json({ object: 'list', data: [] }));
  for (let count = 0; count < 203; count += 1)
    await client.listAssistants({ query: { limit: (count % 100) + 1 } });
  expect(getRequests()).toHaveLength(200);
  expect(getRequests()[0]?.url).toContain('limit=4');
});
