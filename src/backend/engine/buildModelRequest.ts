import type { FileObject, RunStep } from '../../protocol/types.js';
import type { ModelMessage, ModelRequest, ModelTurn } from '../models/Model.js';
import { iterateList } from '../stores/iterateList.js';
import type { Collections, Store } from '../stores/Store.js';
import { listVectorStoreFileIds } from './listSearchableFiles.js';
import type { RunContext } from './RunContext.js';
import { toSearchMessages } from './runFileSearch.js';

type Step = Collections['steps'];

/** Number of messages of the thread that the model gets if the run has no truncation strategy. */
const MAX_MESSAGES = 500;

/** Builds the request of a run: the messages before it, followed by the steps of the run so far. */
export async function buildModelRequest(
  store: Store,
  run: Collections['runs'],
  options: Pick<ModelRequest, 'signal' | 'usage'> &
    Pick<RunContext, 'readText'> & { canSearch: boolean },
): Promise<ModelRequest> {
  const { signal, usage, canSearch, readText } = options;
  const threadMessages = await listThreadMessages(store, run);
  const work = await listWork(store, run);
  return {
    run,
    instructions: run.instructions ?? '',
    messages: [...threadMessages, ...work.flatMap(({ messages }) => messages)],
    turns: listTurns(work, threadMessages.length),
    tools: run.tools.filter(({ type }) => isOffered(type, canSearch)),
    reasoningEffort: run.reasoning_effort ?? null,
    usage,
    files: await listFiles(store, run),
    readFile: (fileId) => store.getContent(fileId),
    readText: async (file) => (await readText(file))?.text,
    getFile: (fileId) => store.get('files', fileId),
    signal,
  };
}

/** Tools that this backend does not have are never offered: a model would call them. */
function isOffered(type: string, canSearch: boolean): boolean {
  return type === 'function' || (type === 'file_search' && canSearch);
}

async function listThreadMessages(store: Store, run: Collections['runs']): Promise<ModelMessage[]> {
  const strategy = run.truncation_strategy;
  const wanted =
    strategy?.type === 'last_messages' ? (strategy.last_messages ?? MAX_MESSAGES) : MAX_MESSAGES;
  const found: Collections['messages'][] = [];
  const list = iterateList(store, 'messages', { parent: run.thread_id, order: 'desc' });
  for await (const message of list) {
    if (message.run_id === run.id || message.content.length === 0) continue;
    found.push(message);
    if (found.length >= wanted) break;
  }
  const newest = found.slice(0, wanted).toReversed();
  return Promise.all(newest.map((message) => toModelMessage(store, message)));
}

/** Step of a run with its entries for the model. */
interface Work {
  step: Step;
  messages: ModelMessage[];
}

/** Contains only function calls of this run. Those of earlier runs are not part of the thread. */
async function listWork(store: Store, run: Collections['runs']): Promise<Work[]> {
  const work: Work[] = [];
  for await (const step of iterateList(store, 'steps', { parent: run.id, order: 'asc' })) {
    if (step.step_details.type === 'tool_calls') {
      const calls = toToolMessages(step.step_details.tool_calls);
      work.push({ step, messages: [...calls, ...toSearchMessages(step)] });
    } else {
      const message = await store.get('messages', step.step_details.message_creation.message_id);
      if (message !== undefined && message.content.length > 0)
        work.push({ step, messages: [await toModelMessage(store, message)] });
    }
  }
  return work;
}

/** Lists the earlier answers of a run. @param offset Number of entries before those of the run. */
function listTurns(work: readonly Work[], offset: number): ModelTurn[] {
  const turns: ModelTurn[] = [];
  let index = offset;
  for (const { step, messages } of work) {
    const { turn: number = 0, data, calls } = step.provider ?? {};
    while (turns.length <= number) turns.push({ messages: [], calls: {} });
    const turn = turns[number];
    if (turn !== undefined) {
      turn.messages.push(...messages.map((_, position) => index + position));
      turn.calls = { ...turn.calls, ...calls };
      if (data !== undefined) turn.providerData = data;
    }
    index += messages.length;
  }
  return turns;
}

function toToolMessages(
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
  return { role: message.role, content: message.content, files: await getFiles(store, ids) };
}

/** Lists the files in the vector stores of the run and its thread. */
async function listFiles(store: Store, run: Collections['runs']): Promise<FileObject[]> {
  return getFiles(store, await listVectorStoreFileIds(store, run));
}

/** Returns the existing files of these ids, each once. */
async function getFiles(store: Store, ids: string[]): Promise<FileObject[]> {
  const files = await Promise.all([...new Set(ids)].map((id) => store.get('files', id)));
  return files.filter((file) => file !== undefined);
}
