/**
 * Every cache key of this package, and the only place that builds one. Resource first, so that a key is the prefix of all
 * that hangs on it: `keys.thread(...)` stands for everything of a thread. Objects end in 'detail', lists in 'list' and
 * their query; lists are infinite queries without exception. `scope` is the client's.
 */

type Key = readonly unknown[];
type Query = object | undefined;

const item = (parent: Key, id: string): Key => [...parent, 'item', id];
const detail = (parent: Key): Key => [...parent, 'detail'];
const lists = (parent: Key): Key => [...parent, 'list'];
const list = (parent: Key, query: Query): Key => [...lists(parent), query ?? {}];

/** Everything of a client. */
export const all = (scope: string): Key => ['assistants', scope];
/** Of mutations, by operationId. */
export const mutation = (scope: string, operationId: string): Key => [
  ...all(scope),
  'mutation',
  operationId,
];
/** Of the registry of threads, which the API does not have. */
export const threadRegistry = (scope: string): Key => [...all(scope), 'registry'];

/** Everything of all assistants. */
export const assistants = (scope: string): Key => [...all(scope), 'assistants'];
/** All lists of assistants. */
export const assistantLists = (scope: string): Key => lists(assistants(scope));
/** One list of assistants. */
export const assistantList = (scope: string, query: Query): Key => list(assistants(scope), query);
/** Everything of an assistant. */
export const assistant = (scope: string, assistantId: string): Key =>
  item(assistants(scope), assistantId);
/** An assistant itself. */
export const assistantDetail = (scope: string, assistantId: string): Key =>
  detail(assistant(scope, assistantId));

const assistantFiles = (scope: string, assistantId: string): Key => [
  ...assistant(scope, assistantId),
  'files',
];
/** All lists of an assistant's files (version 1). */
export const assistantFileLists = (scope: string, assistantId: string): Key =>
  lists(assistantFiles(scope, assistantId));
/** One list of an assistant's files (version 1). */
export const assistantFileList = (scope: string, assistantId: string, query: Query): Key =>
  list(assistantFiles(scope, assistantId), query);
/** A file of an assistant (version 1). */
export const assistantFile = (scope: string, assistantId: string, fileId: string): Key =>
  detail(item(assistantFiles(scope, assistantId), fileId));

/** Everything of a thread. */
export const thread = (scope: string, threadId: string): Key => [
  ...all(scope),
  'threads',
  threadId,
];
/** A thread itself. */
export const threadDetail = (scope: string, threadId: string): Key =>
  detail(thread(scope, threadId));

/** Everything of a thread's messages. */
export const messages = (scope: string, threadId: string): Key => [
  ...thread(scope, threadId),
  'messages',
];
/** All lists of a thread's messages. */
export const messageLists = (scope: string, threadId: string): Key =>
  lists(messages(scope, threadId));
/** One list of a thread's messages. */
export const messageList = (scope: string, threadId: string, query: Query): Key =>
  list(messages(scope, threadId), query);
/** Everything of a message. */
export const message = (scope: string, threadId: string, messageId: string): Key =>
  item(messages(scope, threadId), messageId);
/** A message itself. */
export const messageDetail = (scope: string, threadId: string, messageId: string): Key =>
  detail(message(scope, threadId, messageId));

const messageFiles = (scope: string, threadId: string, messageId: string): Key => [
  ...message(scope, threadId, messageId),
  'files',
];
/** All lists of a message's files (version 1). */
export const messageFileLists = (scope: string, threadId: string, messageId: string): Key =>
  lists(messageFiles(scope, threadId, messageId));
/** One list of a message's files (version 1). */
export const messageFileList = (
  scope: string,
  threadId: string,
  messageId: string,
  query: Query,
): Key => list(messageFiles(scope, threadId, messageId), query);
/** A file of a message (version 1). */
export const messageFile = (
  scope: string,
  threadId: string,
  messageId: string,
  fileId: string,
): Key => detail(item(messageFiles(scope, threadId, messageId), fileId));

/** Everything of a thread's runs. */
export const runs = (scope: string, threadId: string): Key => [...thread(scope, threadId), 'runs'];
/** All lists of a thread's runs. */
export const runLists = (scope: string, threadId: string): Key => lists(runs(scope, threadId));
/** One list of a thread's runs. */
export const runList = (scope: string, threadId: string, query: Query): Key =>
  list(runs(scope, threadId), query);
/** The newest run of a thread. */
export const newestRun = (scope: string, threadId: string): Key => [
  ...runs(scope, threadId),
  'newest',
];
/** Everything of a run. */
export const run = (scope: string, threadId: string, runId: string): Key =>
  item(runs(scope, threadId), runId);
/** A run itself. */
export const runDetail = (scope: string, threadId: string, runId: string): Key =>
  detail(run(scope, threadId, runId));

const runSteps = (scope: string, threadId: string, runId: string): Key => [
  ...run(scope, threadId, runId),
  'steps',
];
/** All lists of a run's steps. */
export const runStepLists = (scope: string, threadId: string, runId: string): Key =>
  lists(runSteps(scope, threadId, runId));
/** One list of a run's steps. */
export const runStepList = (scope: string, threadId: string, runId: string, query: Query): Key =>
  list(runSteps(scope, threadId, runId), query);
/** A run step, whatever was asked for with it. */
export const runStepDetails = (
  scope: string,
  threadId: string,
  runId: string,
  stepId: string,
): Key => detail(item(runSteps(scope, threadId, runId), stepId));
/** A run step, with what the query asks for. */
export const runStep = (
  scope: string,
  threadId: string,
  runId: string,
  stepId: string,
  query: Query,
): Key => [...runStepDetails(scope, threadId, runId, stepId), query ?? {}];

/** Everything of all files. */
export const files = (scope: string): Key => [...all(scope), 'files'];
/** All lists of files. */
export const fileLists = (scope: string): Key => lists(files(scope));
/** One list of files. */
export const fileList = (scope: string, query: Query): Key => list(files(scope), query);
/** The names of some files. */
export const fileNames = (scope: string, fileIds: readonly string[]): Key => [
  ...files(scope),
  'names',
  fileIds,
];
/** Everything of a file. */
export const file = (scope: string, fileId: string): Key => item(files(scope), fileId);
/** A file itself, without its content. */
export const fileDetail = (scope: string, fileId: string): Key => detail(file(scope, fileId));
/** The content of a file. */
export const fileContent = (scope: string, fileId: string): Key => [
  ...file(scope, fileId),
  'content',
];
