import { expect } from 'vitest';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { yieldToEventLoop } from '../../../src/common/yieldToEventLoop.js';
import { operationPaths } from '../../../src/protocol/operationPaths.js';
import type { OperationId } from '../../../src/protocol/types.js';
import { readConformingResponse } from '../readConformingResponse.js';
import { createUploadForm, createRequest, createTestBackend, toUrl } from '../createTestBackend.js';

/** Response of a session: parsed JSON or the events of a stream. */
export interface RecordedResponse {
  operation: OperationId;
  json: Record<string, unknown>;
  events: { event: string; data: unknown }[];
}

const CONTENT = '?include[]=step_details.tool_calls[*].file_search.results[*].content';
const WEATHER = {
  type: 'function',
  function: { name: 'get_weather', description: 'Weather', parameters: { type: 'object' } },
};

/**
 * Records a session with the demo that covers one version: every operation with as many fields as possible, as JSON and as
 * streams, and runs that search, cite, call functions, create files, refuse, reach a limit, fail, expire and are cancelled.
 */
export async function recordSession(dialect: 'v1' | 'v2'): Promise<RecordedResponse[]> {
  const { backend, advanceTime } = createTestBackend({ model: scriptedModel() });
  const recorded: RecordedResponse[] = [];
  const headers = { 'openai-beta': `assistants=${dialect}` };

  async function record(operation: OperationId, request: Request) {
    const { status, json, events } = await readConformingResponse(
      operation,
      await backend.fetch(request),
    );
    expect([operation, status, status === 200 ? undefined : json]).toEqual([
      operation,
      200,
      undefined,
    ]);
    recorded.push({ operation, json, events });
    return { json, events, id: String(json['id']) };
  }
  const call = (
    operation: OperationId,
    params: Record<string, string> = {},
    body?: unknown,
    query = '',
  ) => {
    const { method, path } = operationPaths[operation];
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
    return record(operation, createRequest(method, `/v1${filled}${query}`, body, headers));
  };
  const upload = (name: string, text: string) =>
    record(
      'uploadFile',
      new Request(toUrl('/v1/files'), {
        method: 'POST',
        headers,
        body: createUploadForm(name, text, 'assistants'),
      }),
    );
  const inVersion = <Value>(v1: Value, v2: Value): Value => (dialect === 'v1' ? v1 : v2);
  const metadata = { colour: 'green' };

  const file = await upload('tea.txt', 'Green tea tastes best at 75 degrees.');
  const tools = [inVersion<object>({ type: 'retrieval' }, searchTool), WEATHER];
  const files = inVersion<object>(
    { file_ids: [file.id] },
    { tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } } },
  );
  const modelSettings = inVersion<object>(
    {},
    { temperature: 0.5, top_p: 0.5, response_format: JSON_SCHEMA, reasoning_effort: 'low' },
  );
  const texts = { name: 'Tea', description: 'Knows tea', instructions: 'Be kind.', metadata };
  const { id: plain_id } = await call('createAssistant', {}, { model: 'm' });
  const { id: assistant_id } = await call(
    'createAssistant',
    {},
    { model: 'm', ...texts, tools, ...files, ...modelSettings },
  );
  await call('listAssistants');
  await call('listAssistants', {}, undefined, `?after=${plain_id}`);
  await call('getAssistant', { assistant_id });
  await call('modifyAssistant', { assistant_id }, { ...texts, tools, ...modelSettings });
  if (dialect === 'v1') {
    const other = await upload('b.txt', 'B');
    await call('createAssistantFile', { assistant_id }, { file_id: other.id });
    await call('listAssistantFiles', { assistant_id });
    await call('getAssistantFile', { assistant_id, file_id: other.id });
    await call('deleteAssistantFile', { assistant_id, file_id: other.id });
  }

  const imageContent = [
    { type: 'text', text: 'Look' },
    { type: 'image_file', image_file: { file_id: file.id, detail: 'low' } },
    { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'high' } },
  ];
  const messages = [{ role: 'user', content: inVersion<unknown>('Look', imageContent), metadata }];
  const { id: thread_id } = await call(
    'createThread',
    {},
    { messages, metadata, ...inVersion({}, files) },
  );
  await call('createThread', {}, {});
  await call('getThread', { thread_id });
  await call('modifyThread', { thread_id }, { metadata });
  const attached = inVersion<object>(
    { file_ids: [file.id] },
    { attachments: [{ file_id: file.id, tools: [{ type: 'file_search' }] }] },
  );
  const { id: message_id } = await call(
    'createMessage',
    { thread_id },
    { role: 'user', content: 'Hello', metadata, ...attached },
  );
  await call('getMessage', { thread_id, message_id });
  await call('modifyMessage', { thread_id, message_id }, { metadata });
  if (dialect === 'v1') {
    await call('listMessageFiles', { thread_id, message_id });
    await call('getMessageFile', { thread_id, message_id, file_id: file.id });
  }

  const settings = {
    assistant_id,
    model: 'other',
    instructions: 'Be short.',
    tools,
    metadata,
    temperature: 0.5,
    max_prompt_tokens: 5000,
    max_completion_tokens: 5000,
    truncation_strategy: { type: 'last_messages', last_messages: 3 },
    tool_choice: { type: 'function', function: { name: 'get_weather' } },
    ...inVersion<object>(
      { response_format: { type: 'json_object' } },
      { top_p: 0.5, parallel_tool_calls: false, response_format: JSON_SCHEMA },
    ),
  };
  const startRun = async (content: string, body: object = {}, query = '') => {
    await call('createMessage', { thread_id }, { role: 'user', content });
    return call('createRun', { thread_id }, { assistant_id, ...body }, query);
  };
  const readSettledRun = async (run_id: string) => {
    await backend.idle();
    await call('getRun', { thread_id, run_id });
    await call('listRunSteps', { thread_id, run_id });
    const { json } = await call('listRunSteps', { thread_id, run_id }, undefined, CONTENT);
    for (const step_id of getIds(json)) await call('getRunStep', { thread_id, run_id, step_id });
    await call('listMessages', { thread_id });
  };

  for (const body of [{}, { stream: true }]) {
    const only = {
      additional_instructions: 'Be kind.',
      ...inVersion({}, { reasoning_effort: 'low' }),
    };
    const first = await startRun('What is the weather in Paris and Rome?', {
      ...settings,
      ...only,
      ...body,
    });
    await backend.idle();
    const run_id = getRunId(first, thread_id);
    await readSettledRun(run_id);
    const waiting = JSON.stringify((await call('getRun', { thread_id, run_id })).json);
    const tool_outputs = [...new Set(waiting.match(/call_\w+/g))].map((tool_call_id) => ({
      tool_call_id,
      output: '{"sky":"blue"}',
    }));
    await call('submitToolOutputsToRun', { thread_id, run_id }, { tool_outputs, ...body });
    await readSettledRun(run_id);
    await call('modifyRun', { thread_id, run_id }, { metadata });
  }
  const choice = { tool_choice: { type: inVersion('retrieval', 'file_search') } };
  for (const [content, body] of [
    ['Search my files: how hot for green tea?', choice],
    ['Make a csv of teas', {}],
    ['Please refuse', { tool_choice: inVersion('none', 'required') }],
    ['Something long, please', { max_completion_tokens: 256 }],
    // The name fits into the message, but not into the call as well.
    [
      `The weather in ${'Llanfair'.repeat(70)}`,
      { max_completion_tokens: 256, tool_choice: 'auto' },
    ],
    ['Please fail', {}],
    ['Hit the rate limit', {}],
    ['An invalid prompt', {}],
  ] as const) {
    for (const stream of [false, true])
      await readSettledRun(
        getRunId(await startRun(content, { ...body, stream }, stream ? CONTENT : ''), thread_id),
      );
  }
  await readSettledRun(
    getRunId(
      await startRun('How hot for green tea? Name your sources', { stream: true }),
      thread_id,
    ),
  );

  for (const end of ['expire', 'cancel'] as const) {
    for (const content of ['Please stall', 'What is the weather in Oslo?']) {
      await call('createMessage', { thread_id }, { role: 'user', content });
      const streaming = call('createRun', { thread_id }, { assistant_id, stream: true });
      const run_id = await findActiveRun();
      if (content === 'Please stall') await waitForMessage(run_id);
      else await backend.idle();
      if (end === 'expire') advanceTime(601_000);
      else await call('cancelRun', { thread_id, run_id });
      await call('getRun', { thread_id, run_id });
      await readSettledRun(run_id);
      await streaming;
    }
  }
  async function findActiveRun(): Promise<string> {
    for (;;) {
      const { json } = await call('listRuns', { thread_id }, undefined, '?limit=1');
      const [run] = json['data'] as { id: string; status: string }[];
      if (run !== undefined && ['in_progress', 'requires_action'].includes(run.status))
        return run.id;
      // Without it, the test timeout could not end this loop.
      await yieldToEventLoop();
    }
  }
  async function waitForMessage(run_id: string): Promise<void> {
    for (;;) {
      const { json } = await call('listMessages', { thread_id }, undefined, `?run_id=${run_id}`);
      if (getIds(json).length > 0) return;
      await yieldToEventLoop();
    }
  }

  const created = await call(
    'createThreadAndRun',
    {},
    { ...settings, thread: { messages, metadata } },
  );
  const streamed = await call(
    'createThreadAndRun',
    {},
    { assistant_id, stream: true, thread: { messages: [{ role: 'user', content: 'Hi' }] } },
  );
  await backend.idle();
  expect(streamed.events.at(-1)?.event).toBe('done');
  await call('listMessages', { thread_id: String(created.json['thread_id']) });
  await call('listRuns', { thread_id });

  if (dialect === 'v2') await call('deleteMessage', { thread_id, message_id });
  await call('deleteThread', { thread_id });
  await call('deleteAssistant', { assistant_id });
  return recorded;
}

const searchTool = {
  type: 'file_search',
  file_search: { max_num_results: 5, ranking_options: { ranker: 'auto', score_threshold: 0.1 } },
};
const JSON_SCHEMA = {
  type: 'json_schema',
  json_schema: { name: 'tea', description: 'Tea', schema: { type: 'object' }, strict: true },
};

function getIds({ data }: Record<string, unknown>): string[] {
  return (data as { id: string }[]).map(({ id }) => id);
}

/** Returns the id of the run in a response or stream. */
function getRunId(
  { json, events }: Pick<RecordedResponse, 'json' | 'events'>,
  threadId: string,
): string {
  const run = [json, ...events.map(({ data }) => data as Record<string, unknown>)].find(
    (object) => object['object'] === 'thread.run',
  );
  expect(run?.['thread_id']).toBe(threadId);
  return String(run?.['id']);
}
