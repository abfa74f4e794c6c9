import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';
import { operations } from './operations.js';

/** Ability that a server without the operation lacks. */
const ABILITIES: Record<OperationId, string> = {
  listAssistants: 'list assistants',
  createAssistant: 'create assistants',
  getAssistant: 'return an assistant',
  modifyAssistant: 'change assistants',
  deleteAssistant: 'delete assistants',
  listAssistantFiles: 'list the files of an assistant',
  createAssistantFile: 'add files to an assistant',
  getAssistantFile: 'return the file of an assistant',
  deleteAssistantFile: 'remove files from an assistant',
  listThreads: 'list threads',
  createThread: 'create threads',
  createThreadAndRun: 'create a thread and its run in one request',
  getThread: 'return a thread',
  modifyThread: 'change threads',
  deleteThread: 'delete threads',
  listMessages: 'list messages',
  createMessage: 'add messages',
  getMessage: 'return a message',
  modifyMessage: 'change messages',
  deleteMessage: 'delete messages',
  listMessageFiles: 'list the files of a message',
  getMessageFile: 'return the file of a message',
  listRuns: 'list runs',
  createRun: 'create runs',
  getRun: 'report the state of a run',
  modifyRun: 'change runs',
  cancelRun: 'cancel runs',
  submitToolOutputsToRun: 'accept tool outputs',
  listRunSteps: 'list run steps',
  getRunStep: 'return a run step',
  listFiles: 'list files',
  uploadFile: 'store files',
  getFile: 'return a file',
  deleteFile: 'delete files',
  getFileContent: 'return the content of files',
  listVectorStores: 'list vector stores',
  createVectorStore: 'create vector stores',
  getVectorStore: 'return a vector store',
  modifyVectorStore: 'change vector stores',
  deleteVectorStore: 'delete vector stores',
  searchVectorStore: 'search vector stores',
  listVectorStoreFiles: 'list the files of a vector store',
  createVectorStoreFile: 'add files to a vector store',
  getVectorStoreFile: 'return the file of a vector store',
  modifyVectorStoreFile: 'change the files of a vector store',
  deleteVectorStoreFile: 'remove files from a vector store',
  getVectorStoreFileContent: 'return the text of a file',
  createVectorStoreFileBatch: 'add several files to a vector store',
  getVectorStoreFileBatch: 'report the state of a batch of files',
  cancelVectorStoreFileBatch: 'cancel a batch of files',
  listVectorStoreBatchFiles: 'list the files of a batch',
  listUsage: 'list the tokens of a user',
};

/** Messages of servers and frameworks for a path without a route. */
const MISSING_ROUTE = [
  /\bcannot (?:get|post|delete|put|patch)\b/i,
  /\b(?:unknown|invalid|unrecognized|unsupported)(?: request)? (?:url|path|route|endpoint|operation)\b/i,
  /\bno (?:such |matching )?(?:route|endpoint|path|operation)\b/i,
  /\broute\b.*\bnot found\b/i,
  /\bnot (?:implemented|supported|allowed)\b/i,
];

/** Messages for a path without a route that some servers also send for a missing object. */
const MISSING_ROUTE_OR_OBJECT = [
  // The response is not an error of the API.
  /: no Assistants API\b/,
  // The response has no message.
  /^The server answered 404\b/,
  /^(?:error )?(?:404:? ?)?(?:(?:the )?(?:requested )?(?:page|resource|route|path|endpoint|url|uri|operation)(?: (?:was|is))? )?not ?found\W*$/i,
];

/**
 * Operations that every conversation needs. A deployment or a proxy answers 404 for every path while the server is
 * down, and a client that has learnt that it cannot send would not try again.
 */
const ESSENTIAL: readonly OperationId[] = [
  'createThread',
  'getThread',
  'listMessages',
  'createMessage',
  'createRun',
];

/** Returns true if an error response says that the server does not have the operation, or does not say what is missing. */
export function isMissingOperation(operation: OperationId, error: AssistantsError): boolean {
  const { status, message } = error;
  if (status === 405 || status === 501) return true;
  if (status !== 404 || isEssential(operation)) return false;
  return matchesAny(MISSING_ROUTE, message) || matchesAny(MISSING_ROUTE_OR_OBJECT, message);
}

/** Returns true if the error of a missing operation may mean that only an object of its path is missing. */
export function mayMissObject(
  operation: OperationId,
  { status, message }: AssistantsError,
): boolean {
  if (status !== 404 || !operations[operation].path.includes('{')) return false;
  return !matchesAny(MISSING_ROUTE, message);
}

function matchesAny(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** Returns true for an operation that is requested again, although the server does not seem to have it. */
export function isEssential(operation: OperationId): boolean {
  return ESSENTIAL.includes(operation);
}

/** Creates the error for a list that the server can only begin. */
export function createCursorError(
  operation: OperationId,
  { status, requestId }: Pick<AssistantsError, 'status' | 'requestId'>,
): AssistantsError {
  const message = `This server cannot ${ABILITIES[operation]} after the first 100 (${operation} with 'after').`;
  return new AssistantsError('unsupported', message, {
    operation,
    requestId,
    ...(status !== undefined && { status }),
  });
}

/** Creates the error for an operation that the server does not have. */
export function createUnsupportedError(
  operation: OperationId,
  { status, requestId }: Partial<Pick<AssistantsError, 'status' | 'requestId'>> = {},
): AssistantsError {
  const message = `This server cannot ${ABILITIES[operation]} (${operation}).`;
  return new AssistantsError('unsupported', message, {
    operation,
    requestId,
    ...(status !== undefined && { status }),
  });
}
