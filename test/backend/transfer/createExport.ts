import { operationPaths } from '../../../src/protocol/operationPaths.js';
import type { Backend } from '../../../src/backend/createBackend.js';

/** Object of an export. */
export type Fields = Record<string, unknown> & { id: string };

/** Thread of an export in one version of the API. */
export interface ExportedThread {
  version: 'v1' | 'v2';
  thread: Fields;
  messages: Fields[];
  runs: (Fields & { steps: Fields[] })[];
}

/** Settings of a generated thread. */
export interface ThreadSettings {
  version: 'v1' | 'v2';
  messageCount: number;
  runCount: number;
  createdAt: number;
  text: string;
  metadata: Record<string, string>;
}

/** Creates a thread as an exporter writes it: the raw objects of one version of the API. */
export function createExportedThread(number: number, settings: ThreadSettings): ExportedThread {
  const { version, messageCount, runCount, createdAt, text, metadata } = settings;
  const isV1 = version === 'v1';
  const threadId = `thread_${number}`;
  const thread = {
    id: threadId,
    object: 'thread',
    created_at: createdAt,
    metadata,
    ...(isV1 ? {} : { tool_resources: {} }),
  };
  const messages = Array.from({ length: messageCount }, (_, index): Fields => {
    const isUser = index % 2 === 0;
    const fileIds = isUser && index % 4 === 0 ? [`file-${number}`] : [];
    const citation = {
      type: 'file_citation',
      text: '【1†a】',
      start_index: 0,
      end_index: 5,
      file_citation: { file_id: `file-${number}`, ...(isV1 ? { quote: 'a' } : {}) },
    };
    return {
      id: `msg_${number}_${index}`,
      object: 'thread.message',
      // Several messages have the same second.
      created_at: createdAt + Math.floor(index / 3),
      thread_id: threadId,
      status: 'completed',
      incomplete_details: null,
      completed_at: createdAt + Math.floor(index / 3),
      incomplete_at: null,
      role: isUser ? 'user' : 'assistant',
      content: [
        {
          type: 'text',
          text: { value: `${text} ${index}`, annotations: isUser ? [] : [citation] },
        },
      ],
      assistant_id: isUser ? null : 'asst_1',
      run_id: isUser ? null : `run_${number}_0`,
      metadata: index === 0 ? metadata : {},
      ...(isV1
        ? { file_ids: fileIds }
        : {
            attachments: fileIds.map((id) => ({
              file_id: id,
              tools: [{ type: 'file_search' }, { type: 'code_interpreter' }],
            })),
          }),
    };
  });
  const runs = Array.from({ length: runCount }, (_, index) =>
    createRun(`run_${number}_${index}`, threadId, createdAt + index, version),
  );
  return { version, thread, messages, runs };
}

function createRun(id: string, threadId: string, createdAt: number, version: 'v1' | 'v2') {
  const isV1 = version === 'v1';
  const search = isV1
    ? { id: `call_s_${id}`, type: 'retrieval', retrieval: {} }
    : { id: `call_s_${id}`, type: 'file_search', file_search: {} };
  const base = { thread_id: threadId, assistant_id: 'asst_1', created_at: createdAt };
  const end = { last_error: null, cancelled_at: null, failed_at: null, completed_at: createdAt };
  const createStep = (name: string, details: { type: string }): Fields => ({
    id: `step_${name}_${id}`,
    object: 'thread.run.step',
    ...base,
    ...end,
    run_id: id,
    type: details.type,
    status: 'completed',
    step_details: details,
    expired_at: null,
    metadata: {},
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  });
  const steps = [
    createStep('calls', {
      type: 'tool_calls',
      tool_calls: [
        {
          id: `call_${id}`,
          type: 'function',
          function: { name: 'get_weather', arguments: '{"city":"Paris"}', output: '☔' },
        },
        {
          id: `call_c_${id}`,
          type: 'code_interpreter',
          code_interpreter: { input: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
        },
        search,
      ],
    } as { type: string }),
    createStep('message', {
      type: 'message_creation',
      message_creation: { message_id: `msg_of_${id}` },
    } as { type: string }),
  ];
  return {
    id,
    object: 'thread.run',
    ...base,
    ...end,
    status: 'completed',
    required_action: null,
    expires_at: null,
    started_at: createdAt,
    incomplete_details: null,
    model: 'gpt-4',
    instructions: 'Be kind.',
    tools: [{ type: isV1 ? 'retrieval' : 'file_search' }, { type: 'code_interpreter' }],
    metadata: {},
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    temperature: 1,
    max_prompt_tokens: null,
    max_completion_tokens: null,
    truncation_strategy: { type: 'auto', last_messages: null },
    tool_choice: 'auto',
    response_format: 'auto',
    ...(isV1 ? { file_ids: ['file-1'] } : { top_p: 1, parallel_tool_calls: true }),
    steps,
  };
}

/** Creates the metadata of a file. */
export function createExportedFile(id: string, filename = `${id}.txt`, bytes = 5): Fields {
  return {
    id,
    object: 'file',
    bytes,
    created_at: 1_700_000_000,
    filename,
    purpose: 'assistants',
    status: 'processed',
    status_details: null,
  };
}

export const ASSISTANTS: Fields[] = [
  {
    id: 'asst_1',
    object: 'assistant',
    created_at: 1_699_000_000,
    name: 'Ähre',
    description: null,
    model: 'gpt-4o',
    instructions: 'Be kind.',
    tools: [{ type: 'code_interpreter' }, { type: 'file_search' }],
    tool_resources: { file_search: { vector_store_ids: ['vs_gone'] } },
    metadata: { a: 'b' },
    top_p: 1,
    temperature: 1,
    response_format: 'auto',
  },
];

/** Creates the files of an export. */
export function createExportFolder(
  threads: readonly ExportedThread[],
  assistants: readonly Fields[] = ASSISTANTS,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  putJson(files, 'manifest.json', {
    export_schema: 'assistants-export-manifest/v1',
    assistants_count: assistants.length,
    threads_requested: threads.length,
    threads_exported: threads.length,
    threads_failed: [],
  });
  putJson(files, 'assistants.json', assistants);
  for (const { thread, messages, runs } of threads) {
    const fileId = `file-${thread.id.slice('thread_'.length)}`;
    putJson(files, `threads/${thread.id}.json`, {
      export_schema: 'assistants-thread-export/v1',
      thread_id: thread.id,
      exported_at: '2026-08-20T10:00:00+00:00',
      thread,
      messages,
      runs,
      files: { [fileId]: createExportedFile(fileId) },
      errors: [],
    });
  }
  return files;
}

/** Writes JSON into a folder in memory. */
export function putJson(files: Map<string, Uint8Array>, path: string, value: unknown): void {
  files.set(path, new TextEncoder().encode(JSON.stringify(value, null, 2)));
}

/** Reads a whole list of a backend, oldest first. */
export async function readList(
  backend: Pick<Backend, 'fetch'>,
  operation: 'listThreads' | 'listMessages' | 'listRuns' | 'listRunSteps' | 'listAssistants',
  version: 'v1' | 'v2',
  params: Record<string, string> = {},
): Promise<Fields[]> {
  const path = operationPaths[operation].path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => params[name] ?? '',
  );
  const items: Fields[] = [];
  let after = '';
  while (true) {
    const response = await backend.fetch(
      new Request(`http://backend.test/v1${path}?order=asc&limit=100${after}`, {
        headers: { 'openai-beta': `assistants=${version}` },
      }),
    );
    if (response.status === 404) return [];
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    const page = (await response.json()) as { data: Fields[]; has_more: boolean };
    items.push(...page.data);
    if (!page.has_more) return items;
    after = `&after=${page.data.at(-1)?.id}`;
  }
}

/** Reads all lists of a thread, in the shape of an export. */
export async function readThread(
  backend: Pick<Backend, 'fetch'>,
  threadId: string,
  version: 'v1' | 'v2',
): Promise<Pick<ExportedThread, 'messages' | 'runs'>> {
  const params = { thread_id: threadId };
  const runs = [];
  for (const run of await readList(backend, 'listRuns', version, params)) {
    const steps = await readList(backend, 'listRunSteps', version, { ...params, run_id: run.id });
    runs.push({ ...run, steps });
  }
  return { messages: await readList(backend, 'listMessages', version, params), runs };
}
