import type OpenAI from 'openai-4.36';
// Makes the client use the web types of fetch and files.
import type {} from 'openai-4.36/shims/web';
import { expect, test } from 'vitest';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { collect } from './createRunHarness.js';
import {
  createClientBackend,
  importClient,
  GET_WEATHER,
  isVectorStoreOperation,
} from './openaiClients.js';

const CLIENTS = ['4.20', '4.24', '4.36'];
/** Clients with helpers for streaming and polling. */
const CLIENTS_WITH_HELPERS = ['4.36'];
/** `deleteMessage` of version 2, and operations of files that the test of version 2 calls. In the order of the contract. */
const NOT_CALLED = [
  'listThreads',
  'deleteMessage',
  'listFiles',
  'getFile',
  'deleteFile',
  'getFileContent',
  'listUsage',
];

async function start(version: string) {
  const backend = createClientBackend();
  const Client = await importClient<typeof OpenAI>(version);
  const options = { baseURL: 'http://localhost/v1', fetch: backend.fetch, maxRetries: 0 };
  const openai = new Client({ apiKey: 'sk-test', ...options });
  return {
    ...backend,
    openai,
    beta: openai.beta,
    Client,
    unauthorized: new Client({ apiKey: 'sk-wrong', ...options }),
  };
}

async function upload(openai: OpenAI, name: string): Promise<string> {
  const file = new File([`Content of ${name}`], name, { type: 'text/plain' });
  return (await openai.files.create({ file, purpose: 'assistants' })).id;
}

test.for(CLIENTS)('openai %s calls all operations of version 1', async (version) => {
  const { backend, openai, beta, called } = await start(version);
  const fileId = await upload(openai, 'a.txt');
  const second = await upload(openai, 'b.txt');

  const assistant = await beta.assistants.create({
    model: 'gpt-4-turbo',
    name: 'Helper',
    tools: [{ type: 'retrieval' }, GET_WEATHER],
    file_ids: [fileId],
  });
  expect(assistant).toMatchObject({
    object: 'assistant',
    name: 'Helper',
    file_ids: [fileId],
    tools: [{ type: 'retrieval' }, {}],
  });
  expect((await beta.assistants.retrieve(assistant.id)).id).toBe(assistant.id);
  expect((await beta.assistants.update(assistant.id, { name: 'Renamed' })).name).toBe('Renamed');
  expect((await beta.assistants.list({ limit: 1 })).data.map(({ id }) => id)).toEqual([
    assistant.id,
  ]);

  const attached = await beta.assistants.files.create(assistant.id, { file_id: second });
  expect(attached).toMatchObject({
    id: second,
    object: 'assistant.file',
    assistant_id: assistant.id,
  });
  expect((await beta.assistants.files.retrieve(assistant.id, second)).id).toBe(second);
  expect(
    (await beta.assistants.files.list(assistant.id)).data.map(({ id }) => id).toSorted(),
  ).toEqual([fileId, second].toSorted());
  expect((await beta.assistants.files.del(assistant.id, second)).deleted).toBe(true);

  const thread = await beta.threads.create({
    messages: [{ role: 'user', content: 'Hello', file_ids: [fileId] }],
  });
  expect((await beta.threads.retrieve(thread.id)).id).toBe(thread.id);
  expect((await beta.threads.update(thread.id, { metadata: { a: 'b' } })).metadata).toEqual({
    a: 'b',
  });

  const message = await beta.threads.messages.create(thread.id, {
    role: 'user',
    content: 'weather?',
    file_ids: [fileId],
  });
  expect(message.file_ids).toEqual([fileId]);
  expect((await beta.threads.messages.retrieve(thread.id, message.id)).id).toBe(message.id);
  expect(
    (await beta.threads.messages.update(thread.id, message.id, { metadata: { c: 'd' } })).metadata,
  ).toEqual({ c: 'd' });
  expect((await beta.threads.messages.list(thread.id)).data).toHaveLength(2);
  expect(
    (await beta.threads.messages.files.list(thread.id, message.id)).data.map(({ id }) => id),
  ).toEqual([fileId]);
  expect(
    (await beta.threads.messages.files.retrieve(thread.id, message.id, fileId)).message_id,
  ).toBe(message.id);

  const created = await beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
  await backend.idle();
  const run = await beta.threads.runs.retrieve(thread.id, created.id);
  expect(run.status).toBe('requires_action');
  expect(
    (await beta.threads.runs.update(thread.id, run.id, { metadata: { e: 'f' } })).metadata,
  ).toEqual({ e: 'f' });
  expect((await beta.threads.runs.list(thread.id)).data.map(({ id }) => id)).toEqual([run.id]);
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  await beta.threads.runs.submitToolOutputs(thread.id, run.id, {
    tool_outputs: calls.map((call) => ({ tool_call_id: call.id, output: call.function.arguments })),
  });
  await backend.idle();
  expect((await beta.threads.runs.retrieve(thread.id, run.id)).status).toBe('completed');
  const steps = (await beta.threads.runs.steps.list(thread.id, run.id, { order: 'asc' })).data;
  expect(steps.map(({ type }) => type)).toEqual([
    'message_creation',
    'tool_calls',
    'message_creation',
  ]);
  expect((await beta.threads.runs.steps.retrieve(thread.id, run.id, steps[1]?.id ?? '')).type).toBe(
    'tool_calls',
  );

  const other = await beta.threads.createAndRun({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: 'stall' }] },
  });
  expect((await beta.threads.runs.cancel(other.thread_id, other.id)).status).toBe('cancelling');
  await backend.idle();
  expect((await beta.threads.runs.retrieve(other.thread_id, other.id)).status).toBe('cancelled');

  expect((await beta.threads.del(thread.id)).deleted).toBe(true);
  expect((await beta.assistants.del(assistant.id)).deleted).toBe(true);

  expect(operationIds.filter((id) => !called.has(id) && !isVectorStoreOperation(id))).toEqual(
    NOT_CALLED,
  );
});

test.for(CLIENTS)('openai %s reads all pages of a list', async (version) => {
  const { beta } = await start(version);
  const thread = await beta.threads.create();
  for (let index = 0; index < 25; index++) {
    await beta.threads.messages.create(thread.id, { role: 'user', content: `number ${index}` });
  }

  const messages = await collect(
    beta.threads.messages.list(thread.id, { order: 'asc', limit: 10 }),
  );

  expect(
    messages.map(({ content: [part] }) => (part?.type === 'text' ? part.text.value : '')),
  ).toEqual(Array.from({ length: 25 }, (_, index) => `number ${index}`));
});

test.for(CLIENTS_WITH_HELPERS)('openai %s polls a run with tool calls', async (version) => {
  const { beta } = await start(version);
  const assistant = await beta.assistants.create({ model: 'gpt-4-turbo', tools: [GET_WEATHER] });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'weather?' }] });

  const run = await beta.threads.runs.createAndPoll(
    thread.id,
    { assistant_id: assistant.id },
    { pollIntervalMs: 1 },
  );
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  const tool_outputs = calls.map(({ id }) => ({ tool_call_id: id, output: 'warm' }));
  const done = await beta.threads.runs.submitToolOutputsAndPoll(
    thread.id,
    run.id,
    { tool_outputs },
    { pollIntervalMs: 1 },
  );

  expect([run.status, done.status]).toEqual(['requires_action', 'completed']);
});

test.for(CLIENTS_WITH_HELPERS)('openai %s streams a run with tool calls', async (version) => {
  const { beta } = await start(version);
  const assistant = await beta.assistants.create({ model: 'gpt-4-turbo', tools: [GET_WEATHER] });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'weather?' }] });

  const first = beta.threads.runs.createAndStream(thread.id, { assistant_id: assistant.id });
  let text = '';
  const called = new Set<string>();
  first.on('textDelta', ({ value }) => {
    text += value ?? '';
  });
  first.on('runStepDelta', ({ step_details: details }) => {
    if (details?.type !== 'tool_calls') return;
    for (const call of details.tool_calls ?? [])
      if (call.type === 'function' && call.id !== undefined) called.add(call.id);
  });
  const waiting = await first.finalRun();

  expect(text).toBe('Let me look. ');
  const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
  expect(calls.map(({ id }) => id)).toEqual([...called]);
  expect(calls.map((call): unknown => JSON.parse(call.function.arguments))).toEqual([
    { city: 'Paris' },
    { city: 'Tokyo' },
  ]);

  const second = beta.threads.runs.submitToolOutputsStream(thread.id, waiting.id, {
    tool_outputs: [
      { tool_call_id: calls[0]?.id ?? '', output: 'warm' },
      { tool_call_id: calls[1]?.id ?? '', output: 'wet' },
    ],
  });
  const [answer] = await second.finalMessages();

  expect(answer?.content[0]).toMatchObject({
    type: 'text',
    text: { value: 'warm and wet', annotations: [] },
  });
  expect((await second.finalRun()).status).toBe('completed');
});

test.for(CLIENTS_WITH_HELPERS)(
  'the stream helper of openai %s builds the message that the server stores',
  async (version) => {
    const { beta } = await start(version);
    const assistant = await beta.assistants.create({ model: 'gpt-4-turbo' });

    const stream = beta.threads.createAndRunStream({
      assistant_id: assistant.id,
      thread: { messages: [{ role: 'user', content: 'file, please' }] },
    });
    const [message] = await stream.finalMessages();
    const stored = await beta.threads.messages.retrieve(
      message?.thread_id ?? '',
      message?.id ?? '',
    );

    const [streamed, kept] = [message?.content[0], stored.content[0]];
    if (streamed?.type !== 'text' || kept?.type !== 'text') throw new Error('Expected a text.');
    expect(streamed.text.value).toBe(kept.text.value);
    // This version of the helper only collects the first annotation, and keeps its `index`.
    expect(streamed.text.annotations).toMatchObject(kept.text.annotations.slice(0, 1));
    expect(kept.text.annotations.map(({ type }) => type)).toEqual(['file_path', 'file_citation']);
  },
);

test.for(CLIENTS)('openai %s throws its own error classes', async (version) => {
  const { beta, unauthorized, Client } = await start(version);

  await expect(beta.threads.retrieve('thread_x')).rejects.toBeInstanceOf(Client.NotFoundError);
  await expect(unauthorized.beta.threads.create()).rejects.toBeInstanceOf(
    Client.AuthenticationError,
  );
});

test.for(CLIENTS)('openai %s reads the step and the citation of a retrieval', async (version) => {
  const { backend, openai, beta } = await start(version);
  const fileId = await upload(openai, 'the notes');
  const assistant = await beta.assistants.create({
    model: 'gpt-4-turbo',
    tools: [{ type: 'retrieval' }],
    file_ids: [fileId],
  });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'look up' }] });

  const { id } = await beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
  await backend.idle();
  const run = await beta.threads.runs.retrieve(thread.id, id);
  const [step] = (await beta.threads.runs.steps.list(thread.id, run.id)).data.filter(
    ({ type }) => type === 'tool_calls',
  );

  expect(run.status).toBe('completed');
  expect(step?.step_details).toEqual({
    type: 'tool_calls',
    tool_calls: [{ id: expect.stringMatching(/^call_/), type: 'retrieval', retrieval: {} }],
  });
  const [answer] = (await beta.threads.messages.list(thread.id)).data;
  const [part] = answer?.content ?? [];
  if (part?.type !== 'text') throw new Error('Expected a text.');
  const [citation] = part.text.annotations;
  expect(citation).toMatchObject({
    type: 'file_citation',
    file_citation: { file_id: fileId, quote: 'Content of the notes' },
  });
  expect(part.text.value.slice(citation?.start_index, citation?.end_index)).toBe(citation?.text);
});
