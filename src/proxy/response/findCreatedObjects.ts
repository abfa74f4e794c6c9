import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import type { OperationId } from '../../protocol/types.js';
import type { OwnedObject, OwnedType } from '../ownership/Ownership.js';

/** Operations that create an object with an owner: its type, and the field of the response that has its id. */
const CREATED: Partial<Record<OperationId, readonly [type: OwnedType, field: string]>> = {
  createAssistant: ['assistant', 'id'],
  createThread: ['thread', 'id'],
  createThreadAndRun: ['thread', 'thread_id'],
  uploadFile: ['file', 'id'],
  createVectorStore: ['vector_store', 'id'],
};

/**
 * Returns the object that an operation has created. Undefined for operations that create none; null if the response has no valid
 * id.
 */
export function findCreatedObject(
  operation: OperationId,
  response: unknown,
): OwnedObject | null | undefined {
  const created = CREATED[operation];
  if (created === undefined) return undefined;
  const [type, field] = created;
  const id = toFields(response)[field];
  return isId(id) ? { type, id } : null;
}

/** Returns the vector stores of a new thread or assistant. Those that the request did not name were created with it. */
export function findVectorStores(response: unknown): OwnedObject[] {
  const { file_search: search } = toFields(toFields(response)['tool_resources']);
  return toList(toFields(search)['vector_store_ids'])
    .filter(isId)
    .map((id) => ({ type: 'vector_store', id }));
}

/**
 * Returns the files that runs have created: images and downloads of answers, and images of the code interpreter. Cited files are
 * left out, because they belong to the assistant.
 *
 * @param value Message, run step, delta, or list of them.
 */
export function findGeneratedFiles(value: unknown): OwnedObject[] {
  const fields = toFields(value);
  const items = Array.isArray(fields['data']) ? toList(fields['data']) : [fields];
  return items
    .flatMap(findFileIds)
    .filter(isId)
    .map((id) => ({ type: 'file', id }));
}

function findFileIds(item: unknown): unknown[] {
  const fields = toFields(item);
  switch (fields['object']) {
    case 'thread.message':
      // The caller can name shared files in messages that it creates, with any role, so those prove nothing.
      return fields['role'] === 'assistant' && typeof fields['run_id'] === 'string'
        ? findMessageFiles(fields)
        : [];
    case 'thread.message.delta':
      return findMessageFiles(toFields(fields['delta']));
    case 'thread.run.step':
      return findStepFiles(fields);
    case 'thread.run.step.delta':
      return findStepFiles(toFields(fields['delta']));
    default:
      return [];
  }
}

function findMessageFiles(message: Readonly<Record<string, unknown>>): unknown[] {
  const parts = toList(message['content']).map(toFields);
  return [
    ...toList(message['file_ids']),
    ...toList(message['attachments']).map(getFileId),
    ...parts.map(({ image_file: image }) => getFileId(image)),
    ...parts
      .flatMap(({ text }) => toList(toFields(text)['annotations']))
      .map((annotation) => getFileId(toFields(annotation)['file_path'])),
  ];
}

function findStepFiles(step: Readonly<Record<string, unknown>>): unknown[] {
  return toList(toFields(step['step_details'])['tool_calls'])
    .flatMap((call) => toList(toFields(toFields(call)['code_interpreter'])['outputs']))
    .map((output) => getFileId(toFields(output)['image']));
}

function getFileId(value: unknown): unknown {
  return toFields(value)['file_id'];
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
