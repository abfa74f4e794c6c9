import {
  AssistantsClient,
  AzureKeyCredential,
  OpenAIKeyCredential,
} from '@azure/openai-assistants';
import type { AzureOpenAI } from 'openai-7';
import { expect, onTestFinished, test } from 'vitest';
import { serveBackend } from '../../src/backend/server/serveBackend.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { createClientBackend, isVectorStoreOperation } from './openaiClients.js';

/** `deleteMessage` of version 2, an extension of this package, and a stream of bytes, which the client does not have. */
const NOT_CALLED = ['listThreads', 'deleteMessage', 'getFileContent', 'listUsage'];

async function start() {
  const { backend, called, fetch } = createClientBackend();
  const server = await serveBackend({
    // The request of the server is not one of the global class, which the validation copies.
    fetch: async ({ url, method, headers, body }) =>
      fetch(new URL(url), { method, headers, body, duplex: 'half' } as RequestInit),
  });
  onTestFinished(() => server.close());
  return { backend, called, fetch, endpoint: server.url };
}

/** Each credential sends the key and the version of the API in its own way. */
const CREDENTIALS = {
  'a key of Azure': (endpoint: string) =>
    new AssistantsClient(endpoint, new AzureKeyCredential('sk-test'), {
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 0 },
    }),
  'a key of OpenAI': (endpoint: string) =>
    new AssistantsClient(new OpenAIKeyCredential('sk-test'), {
      allowInsecureConnection: true,
      baseUrl: `${endpoint}/v1`,
      retryOptions: { maxRetries: 0 },
    }),
};

test.for(Object.entries(CREDENTIALS))(
  '@azure/openai-assistants calls all operations with %s',
  async ([, createClient]) => {
    const { backend, called, endpoint } = await start();
    const client = createClient(endpoint);
    const upload = (name: string) =>
      client.uploadFile(new TextEncoder().encode(`Content of ${name}`), 'assistants', {
        filename: name,
      });
    const file = await upload('a.txt');
    const second = await upload('b.txt');
    expect((await client.getFile(file.id)).filename).toBe('a.txt');
    expect((await client.listFiles()).data).toHaveLength(2);

    const assistant = await client.createAssistant({
      model: 'gpt-4',
      name: 'Helper',
      tools: [
        { type: 'retrieval' },
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'The weather.',
            parameters: { type: 'object', properties: {} },
          },
        },
      ],
      fileIds: [file.id],
    });
    expect(assistant).toMatchObject({ name: 'Helper', fileIds: [file.id] });
    expect(assistant.tools.map(({ type }) => type)).toEqual(['retrieval', 'function']);
    expect((await client.getAssistant(assistant.id)).id).toBe(assistant.id);
    expect((await client.listAssistants()).data).toHaveLength(1);
    expect((await client.updateAssistant(assistant.id, { name: 'New' })).name).toBe('New');
    expect((await client.createAssistantFile(assistant.id, second.id)).assistantId).toBe(
      assistant.id,
    );
    expect((await client.listAssistantFiles(assistant.id)).data).toHaveLength(2);
    expect((await client.getAssistantFile(assistant.id, second.id)).id).toBe(second.id);
    expect((await client.deleteAssistantFile(assistant.id, second.id)).deleted).toBe(true);

    const thread = await client.createThread({ messages: [{ role: 'user', content: 'Hi' }] });
    expect((await client.getThread(thread.id)).id).toBe(thread.id);
    const changed = await client.updateThread(thread.id, { metadata: { a: 'b' } });
    expect(changed.metadata).toEqual({ a: 'b' });
    const { id: messageId = '', fileIds } = await client.createMessage(
      thread.id,
      'user',
      'weather?',
      {
        fileIds: [file.id],
      },
    );
    expect(fileIds).toEqual([file.id]);
    expect((await client.getMessage(thread.id, messageId)).id).toBe(messageId);
    await client.updateMessage(thread.id, messageId, { metadata: { c: 'd' } });
    expect((await client.listMessages(thread.id)).data).toHaveLength(2);
    expect((await client.listMessageFiles(thread.id, messageId)).data).toHaveLength(1);
    expect((await client.getMessageFile(thread.id, messageId, file.id)).id).toBe(file.id);

    const created = await client.createRun(thread.id, { assistantId: assistant.id });
    await backend.idle();
    const run = await client.getRun(thread.id, created.id);
    expect(run.status).toBe('requires_action');
    await client.updateRun(thread.id, run.id, { metadata: { e: 'f' } });
    expect((await client.listRuns(thread.id)).data).toHaveLength(1);
    const calls = run.requiredAction?.submitToolOutputs?.toolCalls ?? [];
    await client.submitToolOutputsToRun(
      thread.id,
      run.id,
      calls.map(({ id }) => ({ toolCallId: id, output: 'Rain' })),
    );
    await backend.idle();
    expect((await client.getRun(thread.id, run.id)).status).toBe('completed');
    const steps = (await client.listRunSteps(thread.id, run.id)).data;
    expect(steps).toHaveLength(3);
    expect((await client.getRunStep(thread.id, run.id, steps[0]?.id ?? '')).id).toBe(steps[0]?.id);
    const [answer] = (await client.listMessages(thread.id)).data;
    expect(answer?.content).toMatchObject([{ type: 'text', text: { value: 'Rain and Rain' } }]);

    const other = await client.createThreadAndRun({
      assistantId: assistant.id,
      thread: { messages: [{ role: 'user', content: 'stall' }] },
    });
    expect((await client.cancelRun(other.threadId, other.id)).status).toBe('cancelling');
    await backend.idle();

    await client.deleteThread(thread.id);
    await client.deleteAssistant(assistant.id);
    await client.deleteFile(file.id);
    expect(operationIds.filter((id) => !called.has(id) && !isVectorStoreOperation(id))).toEqual(
      NOT_CALLED,
    );
  },
);

test.for(['4.104', '6', '7'])(
  'AzureOpenAI of openai %s works with an endpoint',
  async (version) => {
    const { backend, fetch, endpoint } = await start();
    if (version.startsWith('4.')) await import(/* @vite-ignore */ `openai-${version}/shims/web`);
    const { AzureOpenAI: Client }: { AzureOpenAI: typeof AzureOpenAI } = await import(
      /* @vite-ignore */ `openai-${version}`
    );
    const openai = new Client({
      endpoint,
      apiKey: 'sk-test',
      apiVersion: '2024-05-01-preview',
      maxRetries: 0,
      fetch,
    });
    const assistant = await openai.beta.assistants.create({ model: 'gpt-4o' });
    const thread = await openai.beta.threads.create({
      messages: [{ role: 'user', content: 'Hello' }],
    });
    await openai.beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
    await backend.idle();
    const messages = await openai.beta.threads.messages.list(thread.id);
    expect(messages.data[0]?.content).toMatchObject([{ text: { value: 'You said: Hello' } }]);
  },
);
