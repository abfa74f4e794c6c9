/**
 * Builds all cache keys of this package. Keys start with the resource, so a key is the prefix of everything that
 * belongs to it: `keys.thread(...)` matches all queries of a thread. Keys of objects end in 'detail', keys of lists in
 * 'list' and the query of the list. All lists are infinite queries. `scope` is `client.scope`.
 */

type Key = readonly unknown[];
type Query = object | undefined;

const item = (parent: Key, id: string): Key => [...parent, 'item', id];
const detail = (parent: Key): Key => [...parent, 'detail'];
const lists = (parent: Key): Key => [...parent, 'list'];
const list = (parent: Key, query: Query): Key => [...lists(parent), query ?? {}];

/** Key of all queries and mutations of a client. */
export const all = (scope: string): Key => ['assistants', scope];
/** Key of a mutation. */
export const mutation = (scope: string, operationId: string): Key => [
  ...all(scope),
  'mutation',
  operationId,
];
/** Key of the thread registry, for servers without listThreads. */
export const threadRegistry = (scope: string): Key => [...all(scope), 'registry'];

/** Key of all queries of all assistants. */
export const assistants = (scope: string): Key => [...all(scope), 'assistants'];
/** Key of all lists of assistants. */
export const assistantLists = (scope: string): Key => lists(assistants(scope));
/** Key of a list of assistants. */
export const assistantList = (scope: string, query: Query): Key => list(assistants(scope), query);
/** Key of all queries of an assistant. */
export const assistant = (scope: string, assistantId: string): Key =>
  item(assistants(scope), assistantId);
/** Key of an assistant. */
export const assistantDetail = (scope: string, assistantId: string): Key =>
  detail(assistant(scope, assistantId));

const assistantFiles = (scope: string, assistantId: string): Key => [
  ...assistant(scope, assistantId),
  'files',
];
/** Key of all lists of an assistant's files (version 1). */
export const assistantFileLists = (scope: string, assistantId: string): Key =>
  lists(assistantFiles(scope, assistantId));
/** Key of a list of an assistant's files (version 1). */
export const assistantFileList = (scope: string, assistantId: string, query: Query): Key =>
  list(assistantFiles(scope, assistantId), query);
/** Key of a file of an assistant (version 1). */
export const assistantFile = (scope: string, assistantId: string, fileId: string): Key =>
  detail(item(assistantFiles(scope, assistantId), fileId));

/** Key of all lists of threads. Not below 'threads', because the entry after it is the id of a thread. */
export const threadLists = (scope: string): Key => lists([...all(scope), 'threadLists']);
/** Key of a list of threads. */
export const threadList = (scope: string, query: Query): Key =>
  list([...all(scope), 'threadLists'], query);
/** Key of all queries of a thread. */
export const thread = (scope: string, threadId: string): Key => [
  ...all(scope),
  'threads',
  threadId,
];
/** Key of a thread. */
export const threadDetail = (scope: string, threadId: string): Key =>
  detail(thread(scope, threadId));

/** Key of all queries of a thread's messages. */
export const messages = (scope: string, threadId: string): Key => [
  ...thread(scope, threadId),
  'messages',
];
/** Key of all lists of a thread's messages. */
export const messageLists = (scope: string, threadId: string): Key =>
  lists(messages(scope, threadId));
/** Key of a list of a thread's messages. */
export const messageList = (scope: string, threadId: string, query: Query): Key =>
  list(messages(scope, threadId), query);
/** Key of all queries of a message. */
export const message = (scope: string, threadId: string, messageId: string): Key =>
  item(messages(scope, threadId), messageId);
/** Key of a message. */
export const messageDetail = (scope: string, threadId: string, messageId: string): Key =>
  detail(message(scope, threadId, messageId));

const messageFiles = (scope: string, threadId: string, messageId: string): Key => [
  ...message(scope, threadId, messageId),
  'files',
];
/** Key of all lists of a message's files (version 1). */
export const messageFileLists = (scope: string, threadId: string, messageId: string): Key =>
  lists(messageFiles(scope, threadId, messageId));
/** Key of a list of a message's files (version 1). */
export const messageFileList = (
  scope: string,
  threadId: string,
  messageId: string,
  query: Query,
): Key => list(messageFiles(scope, threadId, messageId), query);
/** Key of a file of a message (version 1). */
export const messageFile = (
  scope: string,
  threadId: string,
  messageId: string,
  fileId: string,
): Key => detail(item(messageFiles(scope, threadId, messageId), fileId));

/** Key of all queries of a thread's runs. */
export const runs = (scope: string, threadId: string): Key => [...thread(scope, threadId), 'runs'];
/** Key of all lists of a thread's runs. */
export const runLists = (scope: string, threadId: string): Key => lists(runs(scope, threadId));
/** Key of a list of a thread's runs. */
export const runList = (scope: string, threadId: string, query: Query): Key =>
  list(runs(scope, threadId), query);
/** Key of the newest run of a thread. */
export const newestRun = (scope: string, threadId: string): Key => [
  ...runs(scope, threadId),
  'newest',
];
/** Key of all queries of a run. */
export const run = (scope: string, threadId: string, runId: string): Key =>
  item(runs(scope, threadId), runId);
/** Key of a run. */
export const runDetail = (scope: string, threadId: string, runId: string): Key =>
  detail(run(scope, threadId, runId));

/** Key of all queries of a run's steps. */
export const runSteps = (scope: string, threadId: string, runId: string): Key => [
  ...run(scope, threadId, runId),
  'steps',
];
/** Key of all lists of a run's steps. */
export const runStepLists = (scope: string, threadId: string, runId: string): Key =>
  lists(runSteps(scope, threadId, runId));
/** Key of a list of a run's steps. */
export const runStepList = (scope: string, threadId: string, runId: string, query: Query): Key =>
  list(runSteps(scope, threadId, runId), query);
/** Key of all queries of a run step, for any query. */
export const runStepDetails = (
  scope: string,
  threadId: string,
  runId: string,
  stepId: string,
): Key => detail(item(runSteps(scope, threadId, runId), stepId));
/** Key of a run step with a query (`include[]`). */
export const runStep = (
  scope: string,
  threadId: string,
  runId: string,
  stepId: string,
  query: Query,
): Key => [...runStepDetails(scope, threadId, runId, stepId), query ?? {}];

/** Key of all queries of all files. */
export const files = (scope: string): Key => [...all(scope), 'files'];
/** Key of all lists of files. */
export const fileLists = (scope: string): Key => lists(files(scope));
/** Key of a list of files. */
export const fileList = (scope: string, query: Query): Key => list(files(scope), query);
/** Key of the names and sizes of several files. */
export const fileSummaries = (scope: string, fileIds: readonly string[]): Key => [
  ...files(scope),
  'summaries',
  fileIds,
];
/** Key of all queries of a file. */
export const file = (scope: string, fileId: string): Key => item(files(scope), fileId);
/** Key of the metadata of a file. */
export const fileDetail = (scope: string, fileId: string): Key => detail(file(scope, fileId));
/** Key of the content of a file. */
export const fileContent = (scope: string, fileId: string): Key => [
  ...file(scope, fileId),
  'content',
];

/** Key of all queries of all vector stores. */
export const vectorStores = (scope: string): Key => [...all(scope), 'vectorStores'];
/** Key of all lists of vector stores. */
export const vectorStoreLists = (scope: string): Key => lists(vectorStores(scope));
/** Key of a list of vector stores. */
export const vectorStoreList = (scope: string, query: Query): Key =>
  list(vectorStores(scope), query);
/** Key of all queries of a vector store. */
export const vectorStore = (scope: string, vectorStoreId: string): Key =>
  item(vectorStores(scope), vectorStoreId);
/** Key of a vector store. */
export const vectorStoreDetail = (scope: string, vectorStoreId: string): Key =>
  detail(vectorStore(scope, vectorStoreId));
/** Key of all searches of a vector store. */
export const vectorStoreSearches = (scope: string, vectorStoreId: string): Key => [
  ...vectorStore(scope, vectorStoreId),
  'search',
];
/** Key of a search of a vector store. */
export const vectorStoreSearch = (scope: string, vectorStoreId: string, body: object): Key => [
  ...vectorStoreSearches(scope, vectorStoreId),
  body,
];

/** Key of all queries of all files of a vector store. */
export const vectorStoreFiles = (scope: string, vectorStoreId: string): Key => [
  ...vectorStore(scope, vectorStoreId),
  'files',
];
/** Key of all lists of a vector store's files. */
export const vectorStoreFileLists = (scope: string, vectorStoreId: string): Key =>
  lists(vectorStoreFiles(scope, vectorStoreId));
/** Key of a list of a vector store's files. */
export const vectorStoreFileList = (scope: string, vectorStoreId: string, query: Query): Key =>
  list(vectorStoreFiles(scope, vectorStoreId), query);
/** Key of all queries of a file of a vector store. */
export const vectorStoreFile = (scope: string, vectorStoreId: string, fileId: string): Key =>
  item(vectorStoreFiles(scope, vectorStoreId), fileId);
/** Key of a file of a vector store. */
export const vectorStoreFileDetail = (scope: string, vectorStoreId: string, fileId: string): Key =>
  detail(vectorStoreFile(scope, vectorStoreId, fileId));
/** Key of the text of a file of a vector store. */
export const vectorStoreFileContent = (
  scope: string,
  vectorStoreId: string,
  fileId: string,
): Key => [...vectorStoreFile(scope, vectorStoreId, fileId), 'content'];

/** Key of all queries of all batches of a vector store. */
export const vectorStoreFileBatches = (scope: string, vectorStoreId: string): Key => [
  ...vectorStore(scope, vectorStoreId),
  'fileBatches',
];
const vectorStoreFileBatch = (scope: string, vectorStoreId: string, batchId: string): Key =>
  item(vectorStoreFileBatches(scope, vectorStoreId), batchId);
/** Key of a batch of files. */
export const vectorStoreFileBatchDetail = (
  scope: string,
  vectorStoreId: string,
  batchId: string,
): Key => detail(vectorStoreFileBatch(scope, vectorStoreId, batchId));
/** Key of a list of the files of a batch. */
export const vectorStoreBatchFileList = (
  scope: string,
  vectorStoreId: string,
  batchId: string,
  query: Query,
): Key => list(vectorStoreFileBatch(scope, vectorStoreId, batchId), query);

/** Key of a list of the tokens of the user. */
export const usageList = (scope: string, query: Query): Key =>
  list([...all(scope), 'usage'], query);
