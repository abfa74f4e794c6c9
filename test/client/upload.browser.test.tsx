import { expect, test } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';

const upload = { file: new File([new Uint8Array(3_000_000)], 'a.bin'), purpose: 'assistants' };

test('reports the progress of an upload until its response', async () => {
  const shares: number[] = [];
  // The server of the test page reads the body and answers 404.
  const client = createAssistantsClient({ baseUrl: '/v1' });
  const call = client.uploadFile(
    { body: upload },
    { onUploadProgress: (share) => shares.push(share) },
  );
  await expect(call).rejects.toMatchObject({
    kind: 'unsupported',
    status: 404,
    operation: 'uploadFile',
    message: 'This server cannot store files (uploadFile).',
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('rejects with kind network if the upload cannot connect', async () => {
  const client = createAssistantsClient({ baseUrl: 'http://127.0.0.1:9', retry: 0 });
  const call = client.uploadFile({ body: upload }, { onUploadProgress: () => undefined });
  await expect(call).rejects.toMatchObject({ kind: 'network', retryable: true });
});

test('rejects immediately if the upload is aborted', async () => {
  const controller = new AbortController();
  const client = createAssistantsClient({ baseUrl: '/v1' });
  const call = client.uploadFile(
    { body: upload },
    { signal: controller.signal, onUploadProgress: () => controller.abort() },
  );
  await expect(call).rejects.toMatchObject({ kind: 'aborted' });
});
