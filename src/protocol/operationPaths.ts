import type { OperationId } from './types.js';

const get = <const Path extends string>(path: Path) => ({ method: 'GET', path }) as const;
const post = <const Path extends string>(path: Path) => ({ method: 'POST', path }) as const;
const del = <const Path extends string>(path: Path) => ({ method: 'DELETE', path }) as const;

/**
 * Method and path of every operation of the contract. Paths are relative to the base URL, with parameters in braces.
 */
export const operationPaths = {
  listAssistants: get('/assistants'),
  createAssistant: post('/assistants'),
  getAssistant: get('/assistants/{assistant_id}'),
  modifyAssistant: post('/assistants/{assistant_id}'),
  deleteAssistant: del('/assistants/{assistant_id}'),
  listAssistantFiles: get('/assistants/{assistant_id}/files'),
  createAssistantFile: post('/assistants/{assistant_id}/files'),
  getAssistantFile: get('/assistants/{assistant_id}/files/{file_id}'),
  deleteAssistantFile: del('/assistants/{assistant_id}/files/{file_id}'),
  listThreads: get('/threads'),
  createThread: post('/threads'),
  createThreadAndRun: post('/threads/runs'),
  getThread: get('/threads/{thread_id}'),
  modifyThread: post('/threads/{thread_id}'),
  deleteThread: del('/threads/{thread_id}'),
  listMessages: get('/threads/{thread_id}/messages'),
  createMessage: post('/threads/{thread_id}/messages'),
  getMessage: get('/threads/{thread_id}/messages/{message_id}'),
  modifyMessage: post('/threads/{thread_id}/messages/{message_id}'),
  deleteMessage: del('/threads/{thread_id}/messages/{message_id}'),
  listMessageFiles: get('/threads/{thread_id}/messages/{message_id}/files'),
  getMessageFile: get('/threads/{thread_id}/messages/{message_id}/files/{file_id}'),
  listRuns: get('/threads/{thread_id}/runs'),
  createRun: post('/threads/{thread_id}/runs'),
  getRun: get('/threads/{thread_id}/runs/{run_id}'),
  modifyRun: post('/threads/{thread_id}/runs/{run_id}'),
  cancelRun: post('/threads/{thread_id}/runs/{run_id}/cancel'),
  submitToolOutputsToRun: post('/threads/{thread_id}/runs/{run_id}/submit_tool_outputs'),
  listRunSteps: get('/threads/{thread_id}/runs/{run_id}/steps'),
  getRunStep: get('/threads/{thread_id}/runs/{run_id}/steps/{step_id}'),
  listFiles: get('/files'),
  uploadFile: post('/files'),
  getFile: get('/files/{file_id}'),
  deleteFile: del('/files/{file_id}'),
  getFileContent: get('/files/{file_id}/content'),
  listVectorStores: get('/vector_stores'),
  createVectorStore: post('/vector_stores'),
  getVectorStore: get('/vector_stores/{vector_store_id}'),
  modifyVectorStore: post('/vector_stores/{vector_store_id}'),
  deleteVectorStore: del('/vector_stores/{vector_store_id}'),
  searchVectorStore: post('/vector_stores/{vector_store_id}/search'),
  listVectorStoreFiles: get('/vector_stores/{vector_store_id}/files'),
  createVectorStoreFile: post('/vector_stores/{vector_store_id}/files'),
  getVectorStoreFile: get('/vector_stores/{vector_store_id}/files/{file_id}'),
  modifyVectorStoreFile: post('/vector_stores/{vector_store_id}/files/{file_id}'),
  deleteVectorStoreFile: del('/vector_stores/{vector_store_id}/files/{file_id}'),
  getVectorStoreFileContent: get('/vector_stores/{vector_store_id}/files/{file_id}/content'),
  createVectorStoreFileBatch: post('/vector_stores/{vector_store_id}/file_batches'),
  getVectorStoreFileBatch: get('/vector_stores/{vector_store_id}/file_batches/{batch_id}'),
  cancelVectorStoreFileBatch: post(
    '/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel',
  ),
  listVectorStoreBatchFiles: get('/vector_stores/{vector_store_id}/file_batches/{batch_id}/files'),
  listUsage: get('/usage'),
} as const satisfies Record<OperationId, { method: 'GET' | 'POST' | 'DELETE'; path: string }>;

/**
 * All operationIds, in the order of the contract. `createThreadAndRun` precedes the operations that its path would
 * match.
 */
export const operationIds = /* @__PURE__ */ Object.keys(operationPaths).filter(isOperationId);

/** Returns true if a string is an operationId. */
export function isOperationId(value: string): value is OperationId {
  return Object.hasOwn(operationPaths, value);
}
