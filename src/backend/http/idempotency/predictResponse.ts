import type { operationPaths } from '../../../protocol/operationPaths.js';
import type { OperationId } from '../../../protocol/types.js';
import { toAssistantFile } from '../../domain/toAssistantFile.js';
import { toVectorStoreFile } from '../../domain/vectorStores/fileEntries.js';
import type { Change, Collection, Collections } from '../../stores/Store.js';
import type { OperationResponses } from '../operations.js';

type PostOperationId = {
  [Id in OperationId]: (typeof operationPaths)[Id]['method'] extends 'POST' ? Id : never;
}[OperationId];

/** Collection of the object that an operation stores and returns. A missing operation does not compile. */
const RESPONSE_COLLECTIONS: { readonly [Id in OperationId]?: Collection } = {
  createAssistant: 'assistants',
  modifyAssistant: 'assistants',
  createThread: 'threads',
  modifyThread: 'threads',
  createMessage: 'messages',
  modifyMessage: 'messages',
  createRun: 'runs',
  createThreadAndRun: 'runs',
  modifyRun: 'runs',
  submitToolOutputsToRun: 'runs',
  cancelRun: 'runs',
  uploadFile: 'files',
  createVectorStore: 'vectorStores',
  modifyVectorStore: 'vectorStores',
  createVectorStoreFileBatch: 'vectorStoreBatches',
  cancelVectorStoreFileBatch: 'vectorStoreBatches',
} satisfies Record<
  Exclude<
    PostOperationId,
    'createAssistantFile' | 'createVectorStoreFile' | 'modifyVectorStoreFile' | 'searchVectorStore'
  >,
  Collection
>;

/** Returns the response of an operation if its changes determine it. */
export function predictResponse(
  operation: OperationId,
  changes: readonly Change[],
): OperationResponses[OperationId] | undefined {
  if (operation === 'createAssistantFile') {
    const assistant = findLastPut('assistants', changes);
    const fileId = assistant?.file_ids.at(-1);
    return assistant && fileId ? toAssistantFile(assistant, fileId) : undefined;
  }
  if (operation === 'createVectorStoreFile' || operation === 'modifyVectorStoreFile') {
    const entry = findLastPut('vectorStoreFiles', changes);
    return entry && toVectorStoreFile(entry);
  }
  const collection = RESPONSE_COLLECTIONS[operation];
  if (collection === undefined) return undefined;
  // The operations above return objects of their collection.
  return findLastPut(collection, changes) as OperationResponses[OperationId] | undefined;
}

function findLastPut<C extends Collection>(
  collection: C,
  changes: readonly Change[],
): Collections[C] | undefined {
  const put = changes.findLast(
    (change) => change.type === 'put' && change.collection === collection,
  );
  // The object of a put belongs to its collection.
  return put?.type === 'put' ? (put.object as Collections[C]) : undefined;
}
