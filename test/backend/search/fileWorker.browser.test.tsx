import { expect, test } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { createAssistantsClient } from '../../../src/client/createAssistantsClient.js';
import { createPdf } from './createPdf.js';

/** Searches a PDF and returns the answer, which consists of the passages. */
async function searchPdf(options: { createFileWorker?: () => Worker } = {}): Promise<unknown> {
  const backend = createBackend({
    ...options,
    model: scriptedModel([
      {
        say: { search: 'clay pots' },
        after: ({ passages }) => passages.map(({ text }) => text).join('\n') || 'Nothing.',
      },
    ]),
  });
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    fetch: backend.fetch,
  });
  const upload = new File([createPdf(['Clay pots keep the warmth.'])], 'pots.pdf');
  const file = await client.uploadFile({ body: { file: upload, purpose: 'assistants' } });
  const assistant = await client.createAssistant({
    body: { model: 'm', tools: [{ type: 'file_search' }] },
  });
  const run = await client.createThreadAndRun({
    body: {
      assistant_id: assistant.id,
      thread: {
        messages: [
          {
            role: 'user',
            content: 'pots?',
            attachments: [{ file_id: file.id, tools: [{ type: 'file_search' }] }],
          },
        ],
      },
    },
  });
  await backend.idle();
  const { data } = await client.listMessages({ threadId: run.thread_id });
  return data[0]?.content;
}

const text = (value: string) => [expect.objectContaining({ text: { value, annotations: [] } })];

// Without a worker, PDF files are not read.
test('reads a PDF in a Web Worker', async () => {
  expect(await searchPdf()).toEqual(text('Clay pots keep the warmth.'));
});

test('answers without the file if the worker cannot start', async () => {
  const missing = () => new Worker('/missing-worker.js', { type: 'module' });
  expect(await searchPdf({ createFileWorker: missing })).toEqual(text('Nothing.'));
  const forbidden = () => {
    throw new TypeError('This document requires a TrustedScriptURL.');
  };
  expect(await searchPdf({ createFileWorker: forbidden })).toEqual(text('Nothing.'));
});
