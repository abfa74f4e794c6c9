import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ModelLogEntry } from '../../../src/backend/models/server/ModelLogEntry.js';
import { createModel } from '../../../src/backend/server/createModel.js';
import { createRunHarness } from '../createRunHarness.js';
import { chatText, responsesText, startFakeServer } from '../models/fakeModelServer.js';
import { runModel } from '../models/modelServerHarness.js';

test('answers with the model server of the command line, in UTF-8, and logs its failures', async () => {
  const server = await startFakeServer(({ index }) =>
    index === 0
      ? { body: chatText('Tee für dich ☕') }
      : {
          status: 404,
          body: { error: { message: 'No such model' } },
          headers: { 'x-request-id': 'req_7' },
        },
  );
  const log: ModelLogEntry[] = [];
  const settings = { baseUrl: server.url, apiKey: 'sk-secret-123', model: 'small' };
  const model = createModel(settings, (entry) => log.push(entry));
  expect((await runModel(model)).text).toBe('Tee für dich ☕');
  expect((await runModel(model)).run.last_error?.message).toContain('No such model');
  expect(server.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer sk-secret-123' },
    body: { model: 'small' },
  });
  expect(log).toMatchObject([{ event: 'modelFailed', requestId: 'req_7', status: 404 }]);
});

test('closes the connection to the model server when the run is cancelled', async () => {
  const server = await startFakeServer(() => ({ body: '', isOpen: true }));
  const model = createModel(
    { baseUrl: server.url, apiKey: undefined, model: 'm' },
    () => undefined,
  );
  const api = await createRunHarness({ model });
  const run = await api.createRun((await api.createThread('Hello')).id);
  await server.received;
  await api.cancelRun(run);
  await server.closed;
  await api.backend.idle();
  expect((await api.getRun(run)).status).toBe('cancelled');
});

test.each([199, 600, 999])('fails the run for the status %d', async (status) => {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 ${status} X\r\n\r\n{"error":"Gone"}`));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const settings = { baseUrl: `http://127.0.0.1:${port}`, apiKey: undefined, model: 'm' };
  const model = createModel({ ...settings, retry: { attempts: 0 } }, () => undefined);
  expect((await runModel(model)).run.status).toBe('failed');
});

test('uses POST /responses for tools that the model server runs, and accepts code_interpreter', async () => {
  const server = await startFakeServer(() => ({ body: responsesText('42') }));
  const builtInTools = [{ type: 'code_interpreter', container: { type: 'auto' } }] as const;
  const settings = { baseUrl: server.url, apiKey: undefined, model: 'm', builtInTools };
  const tools = [{ type: 'code_interpreter' }];
  const { text, steps } = await runModel(
    createModel(settings, () => undefined),
    { assistant: { tools } },
  );
  expect(text).toBe('42');
  expect(server.requests).toMatchObject([{ path: '/v1/responses', body: { tools: builtInTools } }]);
  expect(steps.map(({ metadata }) => metadata)).toEqual([{}]);
});
