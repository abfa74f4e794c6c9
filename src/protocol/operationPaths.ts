import type { OperationId } from './types.js';

/**
 * Method and path of every operation of the contract. Paths are relative to the base URL, with parameters in braces.
 */
export const operationPaths = {
  listAssistants: { method: 'GET', path: '/assistants' },
  createAssistant: { method: 'POST', path: '/assistants' },
  getAssistant: { method: 'GET', path: '/assistants/{assistant_id}' },
  modifyAssistant: { method: 'POST', path: '/assistants/{assistant_id}' },
  deleteAssistant: { method: 'DELETE', path: '/assistants/{assistant_id}' },
  listAssistantFiles: { method: 'GET', path: '/assistants/{assistant_id}/files' },
  createAssistantFile: { method: 'POST', path: '/assistants/{assistant_id}/files' },
  getAssistantFile: { method: 'GET', path: '/assistants/{assistant_id}/files/{file_id}' },
  deleteAssistantFile: { method: 'DELETE', path: '/assistants/{assistant_id}/files/{file_id}' },
  listThreads: { method: 'GET', path: '/threads' },
  createThread: { method: 'POST', path: '/threads' },
  createThreadAndRun: { method: 'POST', path: '/threads/runs' },
  getThread: { method: 'GET', path: '/threads/{thread_id}' },
  modifyThread: { method: 'POST', path: '/threads/{thread_id}' },
  deleteThread: { method: 'DELETE', path: '/threads/{thread_id}' },
  listMessages: { method: 'GET', path: '/threads/{thread_id}/messages' },
  createMessage: { method: 'POST', path: '/threads/{thread_id}/messages' },
  getMessage: { method: 'GET', path: '/threads/{thread_id}/messages/{message_id}' },
  modifyMessage: { method: 'POST', path: '/threads/{thread_id}/messages/{message_id}' },
  deleteMessage: { method: 'DELETE', path: '/threads/{thread_id}/messages/{message_id}' },
  listMessageFiles: { method: 'GET', path: '/threads/{thread_id}/messages/{message_id}/files' },
  getMessageFile: {
    method: 'GET',
    path: '/threads/{thread_id}/messages/{message_id}/files/{file_id}',
  },
  listRuns: { method: 'GET', path: '/threads/{thread_id}/runs' },
  createRun: { method: 'POST', path: '/threads/{thread_id}/runs' },
  getRun: { method: 'GET', path: '/threads/{thread_id}/runs/{run_id}' },
  modifyRun: { method: 'POST', path: '/threads/{thread_id}/runs/{run_id}' },
  cancelRun: { method: 'POST', path: '/threads/{thread_id}/runs/{run_id}/cancel' },
  submitToolOutputsToRun: {
    method: 'POST',
    path: '/threads/{thread_id}/runs/{run_id}/submit_tool_outputs',
  },
  listRunSteps: { method: 'GET', path: '/threads/{thread_id}/runs/{run_id}/steps' },
  getRunStep: { method: 'GET', path: '/threads/{thread_id}/runs/{run_id}/steps/{step_id}' },
  listFiles: { method: 'GET', path: '/files' },
  uploadFile: { method: 'POST', path: '/files' },
  getFile: { method: 'GET', path: '/files/{file_id}' },
  deleteFile: { method: 'DELETE', path: '/files/{file_id}' },
  getFileContent: { method: 'GET', path: '/files/{file_id}/content' },
  listVectorStores: { method: 'GET', path: '/vector_stores' },
  createVectorStore: { method: 'POST', path: '/vector_stores' },
  getVectorStore: { method: 'GET', path: '/vector_stores/{vector_store_id}' },
  modifyVectorStore: { method: 'POST', path: '/vector_stores/{vector_store_id}' },
  deleteVectorStore: { method: 'DELETE', path: '/vector_stores/{vector_store_id}' },
  searchVectorStore: { method: 'POST', path: '/vector_stores/{vector_store_id}/search' },
  listVectorStoreFiles: { method: 'GET', path: '/vector_stores/{vector_store_id}/files' },
  createVectorStoreFile: { method: 'POST', path: '/vector_stores/{vector_store_id}/files' },
  getVectorStoreFile: { method: 'GET', path: '/vector_stores/{vector_store_id}/files/{file_id}' },
  modifyVectorStoreFile: {
    method: 'POST',
    path: '/vector_stores/{vector_store_id}/files/{file_id}',
  },
  deleteVectorStoreFile: {
    method: 'DELETE',
    path: '/vector_stores/{vector_store_id}/files/{file_id}',
  },
  getVectorStoreFileContent: {
    method: 'GET',
    path: '/vector_stores/{vector_store_id}/files/{file_id}/content',
  },
  createVectorStoreFileBatch: {
    method: 'POST',
    path: '/vector_stores/{vector_store_id}/file_batches',
  },
  getVectorStoreFileBatch: {
    method: 'GET',
    path: '/vector_stores/{vector_store_id}/file_batches/{batch_id}',
  },
  cancelVectorStoreFileBatch: {
    method: 'POST',
    path: '/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel',
  },
  listVectorStoreBatchFiles: {
    method: 'GET',
    path: '/vector_stores/{vector_store_id}/file_batches/{batch_id}/files',
  },
  listUsage: { method: 'GET', path: '/usage' },
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
