import type OpenAI from 'openai-6';
import { expect, test } from 'vitest';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { collect } from './createRunHarness.js';
import {
  withNamedIds,
  createClientBackend,
  importClient,
  GET_WEATHER,
  isVectorStoreOperation,
} from './openaiClients.js';

const CLIENTS = ['4.104', '6', '7'];
/** Operations that these clients do not have. In the order of the contract. */
const NOT_CALLED = [
  'listAssistantFiles',
  'createAssistantFile',
  'getAssistantFile',
  'deleteAssistantFile',
  'listThreads',
  'listMessageFiles',
  'getMessageFile',
  'listUsage',
];
const POLL = { pollIntervalMs: 1 };

async function start(version: string) {
  const backend = createClientBackend();
  const Client = await importClient<typeof OpenAI>(version);
  const options = { baseURL: 'http://localhost/v1', fetch: backend.fetch, maxRetries: 0 };
  const client = new Client({ apiKey: 'sk-test', ...options });
  const openai = version.startsWith('4.') ? withNamedIds(client) : client;
  return {
    ...backend,
    openai,
    beta: openai.beta,
    Client,
    unauthorized: new Client({ apiKey: 'sk-wrong', ...options }),
  };
}

test.for(CLIENTS)('every operation of version 2 and of files: openai %s', async (version) => {
  const { openai, beta, called } = await start(version);
  const upload = new File(['Content of a.txt'], 'a.txt', { type: 'text/plain' });
  const file = await openai.files.create({ file: upload, purpose: 'assistants' });
  expect(file).toMatchObject({
    object: 'file',
    filename: 'a.txt',
    bytes: 16,
    purpose: 'assistants',
  });
  expect((await openai.files.list()).data.map(({ id }) => id)).toEqual([file.id]);
  expect((await openai.files.retrieve(file.id)).id).toBe(file.id);
  expect(await (await openai.files.content(file.id)).text()).toBe('Content of a.txt');

  const assistant = await beta.assistants.create({
    model: 'gpt-4o',
    name: 'Helper',
    tools: [{ type: 'file_search' }, GET_WEATHER],
    tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } },
    temperature: 0.5,
  });
  expect(assistant.tool_resources?.file_search?.vector_store_ids).toHaveLength(1);
  expect((await beta.assistants.retrieve(assistant.id)).temperature).toBe(0.5);
  expect((await beta.assistants.update(assistant.id, { name: 'Renamed' })).name).toBe('Renamed');
  expect((await beta.assistants.list({ limit: 1 })).data.map(({ id }) => id)).toEqual([
    assistant.id,
  ]);

  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'Hello' }] });
  expect((await beta.threads.retrieve(thread.id)).id).toBe(thread.id);
  expect((await beta.threads.update(thread.id, { metadata: { a: 'b' } })).metadata).toEqual({
    a: 'b',
  });

  const attachments = [{ file_id: file.id, tools: [{ type: 'file_search' as const }] }];
  const message = await beta.threads.messages.create(thread.id, {
    role: 'user',
    content: 'weather?',
    attachments,
  });
  const inThread = { thread_id: thread.id };
  expect(message.attachments).toEqual(attachments);
  expect((await beta.threads.messages.retrieve(message.id, inThread)).id).toBe(message.id);
  expect(
    (await beta.threads.messages.update(message.id, { ...inThread, metadata: { c: 'd' } }))
      .metadata,
  ).toEqual({ c: 'd' });
  expect((await beta.threads.messages.list(thread.id)).data).toHaveLength(2);

  const run = await beta.threads.runs.createAndPoll(
    thread.id,
    { assistant_id: assistant.id },
    POLL,
  );
  expect(run.status).toBe('requires_action');
  expect(
    (await beta.threads.runs.update(run.id, { ...inThread, metadata: { e: 'f' } })).metadata,
  ).toEqual({ e: 'f' });
  expect((await beta.threads.runs.list(thread.id)).data.map(({ id }) => id)).toEqual([run.id]);
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  const tool_outputs = calls.map((call) => ({
    tool_call_id: call.id,
    output: call.function.arguments,
  }));
  const done = await beta.threads.runs.submitToolOutputsAndPoll(
    run.id,
    { ...inThread, tool_outputs },
    POLL,
  );
  expect(done.status).toBe('completed');
  const inRun = { ...inThread, run_id: run.id };
  const steps = (await beta.threads.runs.steps.list(run.id, { ...inThread, order: 'asc' })).data;
  expect(steps.map(({ type }) => type)).toEqual([
    'message_creation',
    'tool_calls',
    'message_creation',
  ]);
  expect((await beta.threads.runs.steps.retrieve(steps[1]?.id ?? '', inRun)).type).toBe(
    'tool_calls',
  );
  expect((await beta.threads.messages.list(thread.id, { run_id: run.id })).data).toHaveLength(2);
  expect((await beta.threads.messages.delete(message.id, inThread)).deleted).toBe(true);

  const other = await beta.threads.createAndRun({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: 'stall' }] },
  });
  const inOther = { thread_id: other.thread_id };
  expect((await beta.threads.runs.cancel(other.id, inOther)).status).toBe('cancelling');
  expect((await beta.threads.runs.poll(other.id, inOther, POLL)).status).toBe('cancelled');

  expect((await beta.threads.delete(thread.id)).deleted).toBe(true);
  expect((await beta.assistants.delete(assistant.id)).deleted).toBe(true);
  expect((await openai.files.delete(file.id)).deleted).toBe(true);

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

test.for(CLIENTS)('openai %s streams a run with tool calls', async (version) => {
  const { beta } = await start(version);
  const assistant = await beta.assistants.create({ model: 'gpt-4o', tools: [GET_WEATHER] });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'weather?' }] });

  const first = beta.threads.runs.createAndStream(thread.id, { assistant_id: assistant.id });
  let text = '';
  const seen: string[] = [];
  first.on('textDelta', ({ value }) => {
    text += value ?? '';
  });
  first.on('toolCallCreated', () => seen.push('created'));
  first.on('toolCallDone', (call) =>
    seen.push(call.type === 'function' ? call.function.arguments : call.type),
  );
  const waiting = await first.finalRun();

  expect(text).toBe('Let me look. ');
  expect(seen).toEqual(['created', '{"city":"Paris"}', 'created', '{"city":"Tokyo"}']);

  const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
  const second = beta.threads.runs.submitToolOutputsStream(waiting.id, {
    thread_id: thread.id,
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

test.for(CLIENTS)('openai %s executes functions until the run is settled', async (version) => {
  const { beta } = await start(version);
  const assistant = await beta.assistants.create({ model: 'gpt-4o', tools: [GET_WEATHER] });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'twice' }] });
  const ran: string[] = [];

  let stream = beta.threads.runs.stream(thread.id, { assistant_id: assistant.id });
  let run = await stream.finalRun();
  while (run.status === 'requires_action') {
    const tool_outputs = (run.required_action?.submit_tool_outputs.tool_calls ?? []).map((call) => {
      ran.push(call.function.arguments);
      return { tool_call_id: call.id, output: `done ${ran.length}` };
    });
    stream = beta.threads.runs.submitToolOutputsStream(run.id, {
      thread_id: thread.id,
      tool_outputs,
    });
    run = await stream.finalRun();
  }
  const [answer] = await stream.finalMessages();

  expect(run.status).toBe('completed');
  expect(ran).toEqual(['{"city":"Paris"}', '{"city":"Tokyo"}']);
  expect(answer?.content[0]).toMatchObject({ type: 'text', text: { value: 'Last: done 2' } });
});

test.for(CLIENTS)(
  'the stream helper of openai %s builds the message that the server stores',
  async (version) => {
    const { beta } = await start(version);
    const assistant = await beta.assistants.create({ model: 'gpt-4o' });

    const stream = beta.threads.createAndRunStream({
      assistant_id: assistant.id,
      thread: { messages: [{ role: 'user', content: 'file, please' }] },
    });
    const [message] = await stream.finalMessages();
    const stored = await beta.threads.messages.retrieve(message?.id ?? '', {
      thread_id: message?.thread_id ?? '',
    });

    const [streamed, kept] = [message?.content[0], stored.content[0]];
    if (streamed?.type !== 'text' || kept?.type !== 'text') throw new Error('Expected a text.');
    expect(streamed.text.value).toBe(kept.text.value);
    // The helper keeps the `index` of deltas.
    expect(streamed.text.annotations).toMatchObject(kept.text.annotations);
    expect(kept.text.annotations.map(({ type }) => type)).toEqual(['file_path', 'file_citation']);
  },
);

test.for(CLIENTS)(
  'openai %s streams a file search with its results and the citation of the answer',
  async (version) => {
    const { openai, beta } = await start(version);
    const file = await openai.files.create({
      file: new File(['Content of the notes'], 'notes.txt'),
      purpose: 'assistants',
    });
    const assistant = await beta.assistants.create({
      model: 'gpt-4o',
      tools: [
        {
          type: 'file_search',
          file_search: { max_num_results: 3, ranking_options: { score_threshold: 0.1 } },
        },
      ],
      tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } },
    });
    const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'look up' }] });

    const include = ['step_details.tool_calls[*].file_search.results[*].content' as const];
    const stream = beta.threads.runs.stream(thread.id, { assistant_id: assistant.id });
    const done: string[] = [];
    stream.on('toolCallDone', ({ type }) => done.push(type));
    const run = await stream.finalRun();
    const [added] = await stream
      .finalRunSteps()
      .then((steps) => steps.filter(({ type }) => type === 'tool_calls'));
    const inRun = { thread_id: thread.id, run_id: run.id };
    const stored = await beta.threads.runs.steps.retrieve(added?.id ?? '', inRun);
    const whole = await beta.threads.runs.steps.retrieve(added?.id ?? '', { ...inRun, include });
    const listed = (await beta.threads.runs.steps.list(run.id, { thread_id: thread.id, include }))
      .data;

    expect([run.status, done]).toEqual(['completed', ['file_search']]);
    expect(added?.step_details).toEqual(stored.step_details);
    const found = { file_id: file.id, file_name: 'notes.txt', score: 1 };
    expect(stored.step_details).toMatchObject({
      tool_calls: [{ type: 'file_search', file_search: { results: [found] } }],
    });
    expect(JSON.stringify(stored)).not.toContain('Content of');
    const withText = { ...found, content: [{ type: 'text', text: 'Content of the notes' }] };
    expect(whole.step_details).toMatchObject({
      tool_calls: [{ file_search: { results: [withText] } }],
    });
    expect(listed.find(({ id }) => id === whole.id)).toEqual(whole);

    const [answer] = (await beta.threads.messages.list(thread.id)).data;
    const [part] = answer?.content ?? [];
    if (part?.type !== 'text') throw new Error('Expected a text.');
    const [citation] = part.text.annotations;
    expect(citation).toMatchObject({ type: 'file_citation', file_citation: { file_id: file.id } });
    expect(part.text.value.slice(citation?.start_index, citation?.end_index)).toBe(citation?.text);
  },
);

test.for(CLIENTS)(
  'openai %s polls a run with the delay that the server requests',
  async (version) => {
    const { beta } = await start(version);
    const assistant = await beta.assistants.create({ model: 'gpt-4o' });
    const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'Hello' }] });

    const run = await beta.threads.runs.createAndPoll(thread.id, { assistant_id: assistant.id });

    expect(run.status).toBe('completed');
  },
);

test.for(CLIENTS)('openai %s returns a failed streamed run without throwing', async (version) => {
  const { beta } = await start(version);
  const assistant = await beta.assistants.create({ model: 'gpt-4o' });
  const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'fail' }] });

  const run = await beta.threads.runs.stream(thread.id, { assistant_id: assistant.id }).finalRun();

  expect(run).toMatchObject({
    status: 'failed',
    last_error: { code: 'rate_limit_exceeded', message: 'Slow down.' },
  });
});

test.for(CLIENTS)(
  'openai %s can cancel a run after it stopped reading its stream',
  async (version) => {
    const { beta } = await start(version);
    const assistant = await beta.assistants.create({ model: 'gpt-4o' });
    const thread = await beta.threads.create({ messages: [{ role: 'user', content: 'stall' }] });

    const stream = await beta.threads.runs.create(thread.id, {
      assistant_id: assistant.id,
      stream: true,
    });
    for await (const event of stream) if (event.event === 'thread.message.delta') break;
    const [run] = (await beta.threads.runs.list(thread.id)).data;

    expect(run?.status).toBe('in_progress');
    expect((await beta.threads.runs.cancel(run?.id ?? '', { thread_id: thread.id })).status).toBe(
      'cancelling',
    );
  },
);

test.for(CLIENTS)('openai %s throws its own error classes', async (version) => {
  const { beta, unauthorized, Client } = await start(version);

  await expect(beta.threads.retrieve('thread_x')).rejects.toBeInstanceOf(Client.NotFoundError);
  await expect(unauthorized.beta.threads.create()).rejects.toBeInstanceOf(
    Client.AuthenticationError,
  );
});
