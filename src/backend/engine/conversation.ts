import type { FileObject, RunStep } from '../../protocol/types.js';
import type { ModelMessage, ModelRequest } from '../models/model.js';
import type { Collections, Store } from '../stores/Store.js';
import { vectorStores } from './searchableFiles.js';
import { searchMessages } from './runFileSearch.js';

/** How many messages of a thread a model is shown when the run does not say: a long talk, and a bounded read. */
const SHOWN_MESSAGES = 500;
const PAGE = 100;

/** What a model is asked for a run: the messages before it, then what the run itself has done so far. */
export async function buildRequest(
  store: Store,
  run: Collections['runs'],
  { signal, usage, maySearch }: Pick<ModelRequest, 'signal' | 'usage'> & { maySearch: boolean },
): Promise<ModelRequest> {
  return {
    run,
    instructions: run.instructions ?? '',
    messages: [...(await threadMessages(store, run)), ...(await runMessages(store, run))],
    tools: maySearch ? run.tools : run.tools.filter((tool) => tool.type !== 'file_search'),
    reasoningEffort: run.reasoning_effort ?? null,
    usage,
    files: await openFiles(store, run),
    readFile: (fileId) => store.getContent(fileId),
    signal,
  };
}

async function threadMessages(store: Store, run: Collections['runs']): Promise<ModelMessage[]> {
  const strategy = run.truncation_strategy;
  const wanted =
    strategy?.type === 'last_messages'
      ? (strategy.last_messages ?? SHOWN_MESSAGES)
      : SHOWN_MESSAGES;
  const found: Collections['messages'][] = [];
  let after: string | undefined;
  while (found.length < wanted) {
    const query = {
      parent: run.thread_id,
      order: 'desc',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    } as const;
    const page = await store.list('messages', query);
    if (page === null) break;
    found.push(
      ...page.data.filter((message) => message.run_id !== run.id && message.content.length > 0),
    );
    after = page.data.at(-1)?.id;
    if (!page.hasMore) break;
  }
  const shown = found.slice(0, wanted).toReversed();
  return Promise.all(shown.map((message) => toModelMessage(store, message)));
}

/** Only the run's own function calls are shown: the contract keeps those of earlier runs out of the thread. */
async function runMessages(store: Store, run: Collections['runs']): Promise<ModelMessage[]> {
  const shown: ModelMessage[] = [];
  for (const step of await listSteps(store, run.id)) {
    if (step.step_details.type === 'tool_calls') {
      shown.push(...toolMessages(step.step_details.tool_calls), ...searchMessages(step));
    } else {
      const message = await store.get('messages', step.step_details.message_creation.message_id);
      if (message !== undefined && message.content.length > 0)
        shown.push(await toModelMessage(store, message));
    }
  }
  return shown;
}

/** Every step of a run, oldest first. */
export async function listSteps(store: Store, runId: string): Promise<RunStep[]> {
  const steps: RunStep[] = [];
  while (true) {
    const after = steps.at(-1)?.id;
    const query = {
      parent: runId,
      order: 'asc',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    } as const;
    const page = await store.list('steps', query);
    if (page === null) return steps;
    steps.push(...page.data);
    if (!page.hasMore) return steps;
  }
}

function toolMessages(
  calls: (RunStep['step_details'] & { type: 'tool_calls' })['tool_calls'],
): ModelMessage[] {
  const functions = calls.flatMap((call) => (call.type === 'function' ? [call] : []));
  if (functions.length === 0) return [];
  return [
    {
      role: 'tool-calls',
      calls: functions.map(({ id, function: { name, arguments: text } }) => ({
        id,
        name,
        arguments: text,
      })),
    },
    {
      role: 'tool-outputs',
      outputs: functions.map((call) => ({ callId: call.id, output: call.function.output ?? '' })),
    },
  ];
}

async function toModelMessage(
  store: Store,
  message: Collections['messages'],
): Promise<ModelMessage> {
  const ids = [
    ...message.file_ids,
    ...(message.attachments ?? []).map((attachment) => attachment.file_id),
  ];
  return { role: message.role, content: message.content, files: await filesOf(store, ids) };
}

/** The files of the assistant, which the run has taken over, and those of the thread. */
async function openFiles(store: Store, run: Collections['runs']): Promise<FileObject[]> {
  const thread = await store.get('threads', run.thread_id);
  const known = await vectorStores(store, thread?.tool_resources);
  return filesOf(store, [...run.file_ids, ...known.flatMap((one) => one.file_ids)]);
}

/** The files of these ids, each once; those that are gone are left out. */
async function filesOf(store: Store, ids: string[]): Promise<FileObject[]> {
  const files = await Promise.all([...new Set(ids)].map((id) => store.get('files', id)));
  return files.filter((file) => file !== undefined);
}
