import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import { parseTime } from '../../protocol/parseTime.js';
import { isSettled } from '../../protocol/runStatus.js';
import { type ObjectKind, shapes } from '../../protocol/shapes.js';
import { NO_FILES } from '../domain/vectorStores/changeFiles.js';
import { toFileChunking } from '../domain/vectorStores/chunking.js';
import { toEntryId } from '../domain/vectorStores/fileEntries.js';
import type { FileAttributes, VectorStoreFile } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';
import { findShapeFault } from './findShapeFault.js';
import { InputFault } from './TransferError.js';
import type { Fields } from './ThreadRecord.js';

/*
 * Objects of the API, of either version, become objects of the store, which have the fields of both. Fields that are missing get
 * the value that means nothing. Other fields, times and order stay as they are, so that the API answers with the same object.
 */

const FILE_STATUSES = ['in_progress', 'completed', 'failed', 'cancelled'] as const;
const SEARCH_TOOLS = [{ type: 'file_search' }];
const TIME_FIELD =
  /^(?:created|started|completed|incomplete|failed|cancelled|expired|expires|last_active)_at$/;

/** Returns an assistant to store. @throws InputFault */
export function toStoredAssistant(raw: Fields): Collections['assistants'] {
  return check<Collections['assistants']>('assistant', {
    object: 'assistant',
    name: null,
    description: null,
    model: '',
    instructions: null,
    metadata: {},
    temperature: 1,
    top_p: 1,
    response_format: 'auto',
    reasoning_effort: null,
    tool_resources: {},
    ...prepare(raw),
    file_ids: toIds(raw['file_ids']),
    tools: toTools(raw['tools']),
  });
}

/** Returns a thread to store. @throws InputFault */
export function toStoredThread(raw: Fields): Collections['threads'] {
  return check<Collections['threads']>('thread', {
    object: 'thread',
    metadata: {},
    tool_resources: {},
    ...prepare(raw),
  });
}

/** Returns the metadata of a file to store. @throws InputFault */
export function toStoredFile(raw: Fields): Collections['files'] {
  return check<Collections['files']>('file', {
    object: 'file',
    bytes: 0,
    filename: String(raw['id']),
    purpose: 'assistants',
    status: 'processed',
    ...prepare(raw),
  });
}

/** Returns a message to store. A message that was being written becomes `incomplete`. @throws InputFault */
export function toStoredMessage(raw: Fields, threadId: string): Collections['messages'] {
  const files = toIds(raw['file_ids']);
  const attachments = Array.isArray(raw['attachments'])
    ? toList(raw['attachments'])
    : files.map((id) => ({ file_id: id, tools: SEARCH_TOOLS }));
  const fileIds = 'file_ids' in raw ? files : toIds(attachments.map((one) => one['file_id']));
  const isUnfinished = raw['status'] === 'in_progress';
  return check<Collections['messages']>('message', {
    object: 'thread.message',
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    assistant_id: null,
    run_id: null,
    metadata: {},
    thread_id: threadId,
    ...prepare(raw),
    ...(isUnfinished && { status: 'incomplete', incomplete_details: { reason: 'run_expired' } }),
    content: toList(raw['content']).map(toContent),
    file_ids: fileIds,
    attachments,
  });
}

/** Returns a run to store. A run that had not ended becomes `expired`, because it cannot continue here. @throws InputFault */
export function toStoredRun(raw: Fields, threadId: string): Collections['runs'] {
  const { steps: _, ...fields } = raw;
  const run = check<Collections['runs']>('run', {
    object: 'thread.run',
    assistant_id: '',
    required_action: null,
    last_error: null,
    expires_at: null,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    model: '',
    instructions: null,
    metadata: {},
    usage: null,
    temperature: 1,
    top_p: 1,
    max_prompt_tokens: null,
    max_completion_tokens: null,
    truncation_strategy: { type: 'auto', last_messages: null },
    tool_choice: 'auto',
    parallel_tool_calls: true,
    response_format: 'auto',
    reasoning_effort: null,
    thread_id: threadId,
    ...prepare(fields),
    file_ids: toIds(raw['file_ids']),
    tools: toTools(raw['tools']),
  });
  return isSettled(run.status)
    ? run
    : { ...run, status: 'expired', required_action: null, expires_at: null };
}

/** Returns a run step to store. @throws InputFault */
export function toStoredStep(
  raw: Fields,
  run: Pick<Collections['runs'], 'id' | 'thread_id' | 'assistant_id'>,
): Collections['steps'] {
  const { provider: _, ...fields } = raw;
  return check<Collections['steps']>('step', {
    object: 'thread.run.step',
    assistant_id: run.assistant_id,
    type: toFields(raw['step_details'])['type'],
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata: {},
    usage: null,
    thread_id: run.thread_id,
    run_id: run.id,
    ...prepare(fields),
    ...(raw['status'] === 'in_progress' && { status: 'expired' }),
    step_details: toDetails(raw['step_details']),
  });
}

/** Returns a vector store to store, without files. @throws InputFault */
export function toStoredVectorStore(raw: Fields): Collections['vectorStores'] {
  const { file_ids: _1, chunking_strategy: _2, ...fields } = raw;
  return check<Collections['vectorStores']>('store', {
    object: 'vector_store',
    name: null,
    expires_at: null,
    last_active_at: null,
    metadata: {},
    ...prepare(fields),
    usage_bytes: 0,
    file_counts: NO_FILES,
    status: 'completed',
  });
}

/** Returns a file of a vector store to store. @throws InputFault */
export function toStoredVectorStoreFile(raw: Fields): Collections['vectorStoreFiles'] {
  const file = check<VectorStoreFile>('storeFile', {
    object: 'vector_store.file',
    usage_bytes: 0,
    last_error: null,
    status: 'in_progress',
    attributes: {},
    ...prepare(raw),
  });
  const { id, object: _, ...fields } = file;
  if (!isId(fields.vector_store_id)) throw new InputFault(`The file ${id} names no vector store.`);
  const status = FILE_STATUSES.find((known) => known === fields.status) ?? 'in_progress';
  return {
    ...fields,
    status,
    id: toEntryId(fields.vector_store_id, id),
    file_id: id,
    chunking_strategy: toChunking(raw['chunking_strategy']),
    attributes: toAttributes(raw['attributes']),
  };
}

/** Returns the strategy of another server if this one can split by it, and its own one otherwise. */
function toChunking(value: unknown): NonNullable<VectorStoreFile['chunking_strategy']> {
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = toFields(
    toFields(value)['static'],
  );
  const isValid =
    Number.isInteger(size) &&
    Number.isInteger(overlap) &&
    Number(size) >= 1 &&
    Number(overlap) >= 0;
  if (!isValid || Number(overlap) > Number(size) / 2) return toFileChunking(undefined);
  return {
    type: 'static',
    static: { max_chunk_size_tokens: Number(size), chunk_overlap_tokens: Number(overlap) },
  };
}

/** Returns the values that searches can filter by. */
function toAttributes(value: unknown): FileAttributes {
  const entries = Object.entries(toFields(value)).flatMap(([key, one]) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
      ? [[key, one] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

/** Removes missing values, and reads times in any unit. */
function prepare(raw: Fields): Fields {
  const entries = Object.entries(raw).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, TIME_FIELD.test(name) ? toTime(value) : value]),
  );
}

/** Other values stay, so that the check refuses them. */
function toTime(value: unknown): unknown {
  return parseTime(value) ?? value;
}

function toContent(part: Fields): Fields {
  if (part['type'] !== 'text') return part;
  const text = part['text'];
  // Some servers have the text itself here.
  const fields = typeof text === 'string' ? { value: text } : toFields(text);
  return { ...part, text: { annotations: [], ...fields } };
}

function toTools(tools: unknown): Fields[] {
  return toList(tools ?? []).map((tool) =>
    tool['type'] === 'retrieval' ? { type: 'file_search' } : tool,
  );
}

function toDetails(details: unknown): unknown {
  const fields = toFields(details);
  if (!Array.isArray(fields['tool_calls'])) return details;
  return { ...fields, tool_calls: toList(fields['tool_calls']).map(toCall) };
}

function toCall(call: Fields): Fields {
  if (call['type'] === 'retrieval') return { id: call['id'], type: 'file_search', file_search: {} };
  if (call['type'] === 'file_search') return { file_search: {}, ...call };
  if (call['type'] !== 'function') return call;
  return { ...call, function: { output: null, ...toFields(call['function']) } };
}

function toIds(value: unknown): string[] {
  return [...new Set((Array.isArray(value) ? value : []).filter(isId))];
}

function toList(value: unknown): Fields[] {
  return (Array.isArray(value) ? value : []).map(toFields);
}

/** Names of kinds of objects in messages, if they are others. */
const NAMES: Partial<Record<ObjectKind, string>> = {
  step: 'run step',
  store: 'vector store',
  storeFile: 'file of a vector store',
};

/** Returns an object with its type if it has a valid id and the shape of its kind. @throws InputFault */
function check<Stored>(kind: ObjectKind, object: Fields): Stored {
  const { id } = object;
  const name = NAMES[kind] ?? kind;
  if (!isId(id)) {
    const shown = JSON.stringify(id)?.slice(0, 80) ?? 'missing';
    throw new InputFault(`The ${name} has no valid id (${shown}).`);
  }
  const fault = findShapeFault(object, shapes[kind], '');
  if (fault !== undefined) throw new InputFault(`The ${name} ${id} has an invalid '${fault}'.`);
  // All fields that the backend reads were checked; others pass through it unread.
  return object as Stored;
}
