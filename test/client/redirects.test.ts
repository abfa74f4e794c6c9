import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { listen } from './listen.js';
import { getRejection } from './recordingFetch.js';

afterEach(() => vi.unstubAllGlobals());

/** Starts a server that would answer a redirected request, and one that redirects to it. */
async function listenRedirecting(status: number) {
  const followed: string[] = [];
  const target = await listen((request, response) => {
    followed.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"thread_1","object":"thread","object_type":"page"}');
  });
  const url = await listen((request, response) => {
    request.resume();
    response.writeHead(status, { location: `${target}/moved?token=secret` });
    response.end();
  });
  return { url, target, followed };
}

describe.each([301, 302, 303, 307, 308])('a server that redirects with %i', (status) => {
  test('gets neither the key nor the body at another address', async () => {
    const { url, target, followed } = await listenRedirecting(status);
    const client = createAssistantsClient({
      baseUrl: url,
      apiKey: 'secret',
      idempotencyKeys: true,
    });
    const errors = [
      await getRejection(client.createThread({ body: {} })),
      await getRejection(client.getThread({ threadId: 'thread_1' })),
      await getRejection(client.getFileContent({ fileId: 'file-1' })),
      await getRejection(
        client.uploadFile({ body: { file: new File(['x'], 'a.txt'), purpose: 'a' } }),
      ),
      await getRejection(
        client.stream('createRun', { threadId: 'thread_1', body: { assistant_id: 'asst_1' } }),
      ),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({
        kind: 'protocol',
        retryable: false,
        message: expect.stringContaining(`redirects to ${target}/moved.`) as string,
      });
    }
    expect(followed).toEqual([]);
  });
});

test('a custom fetch that follows redirects leads to the same error', async () => {
  const { url, target, followed } = await listenRedirecting(301);
  const client = createAssistantsClient({
    baseUrl: url,
    fetch: (request) => fetch(request, { redirect: 'follow' }),
  });
  await expect(client.createThread({ body: {} })).rejects.toMatchObject({
    kind: 'protocol',
    message: expect.stringContaining(`redirects to ${target}/moved.`) as string,
  });
  expect(followed).toEqual(['GET /moved?token=secret']);
});

test('an upload with progress that XMLHttpRequest has redirected leads to the same error', async () => {
  class RedirectedRequest {
    upload = {};
    status = 200;
    statusText = 'OK';
    responseURL = 'https://b.example/login?token=secret';
    response = new Blob(['{"id":"file-1"}']);
    onload = () => undefined;
    open() {}
    setRequestHeader() {}
    getAllResponseHeaders = () => 'content-type: application/json\r\n';
    send() {
      queueMicrotask(() => this.onload());
    }
  }
  vi.stubGlobal('XMLHttpRequest', RedirectedRequest);
  const client = createAssistantsClient({ baseUrl: 'https://a.example/v1' });
  const upload = client.uploadFile(
    { body: { file: new File(['x'], 'a.txt'), purpose: 'assistants' } },
    { onUploadProgress: () => undefined },
  );
  await expect(upload).rejects.toMatchObject({
    kind: 'protocol',
    message: expect.stringContaining('redirects to https://b.example/login.') as string,
  });
});
