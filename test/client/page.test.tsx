import { expect, test } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { recordingFetch, getRejection } from './recordingFetch.js';

test('sends a request with an AbortSignal of the page', async () => {
  const { fetch, requests } = recordingFetch(() => Response.json({ id: 'thread_1' }));
  const client = createAssistantsClient({ fetch });
  expect(
    (await client.getThread({ threadId: 't' }, { signal: new AbortController().signal })).id,
  ).toBe('thread_1');
  expect(requests[0]?.url).toBe(`${location.origin}/v1/threads/t`);
});

test('rejects immediately if an AbortSignal of the page aborts', async () => {
  const controller = new AbortController();
  const client = createAssistantsClient({ fetch: () => new Promise(() => controller.abort()) });
  expect(
    await getRejection(client.getThread({ threadId: 't' }, { signal: controller.signal })),
  ).toMatchObject({ kind: 'aborted' });
});
