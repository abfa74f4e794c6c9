type Key = readonly unknown[];
type Query = object | undefined;

const all = (scope: string): Key => ['assistants', scope];
const assistants = (scope: string): Key => [...all(scope), 'assistants'];
const assistant = (scope: string, assistantId: string): Key => [...assistants(scope), 'item', assistantId];
const assistantFiles = (scope: string, assistantId: string): Key => [...assistant(scope, assistantId), 'files'];
const thread = (scope: string, threadId: string): Key => [...all(scope), 'threads', threadId];
const messages = (scope: string, threadId: string): Key => [...thread(scope, threadId), 'messages'];
const message = (scope: string, threadId: string, messageId: string): Key => [...messages(scope, threadId), 'item', messageId];
const messageFiles = (scope: string, threadId: string, messageId: string): Key => [
  ...message(scope, threadId, messageId),
  'files',
];
const runs = (scope: string, threadId: string): Key => [...thread(scope, threadId), 'runs'];
const run = (scope: string, threadId: string, runId: string): Key => [...runs(scope, threadId), 'item', runId];
const runSteps = (scope: string, threadId: string, runId: string): Key => [...run(scope, threadId, runId), 'steps'];
const files = (scope: string): Key => [...all(scope), 'files'];
const file = (scope: string, fileId: string): Key => [...files(scope), 'item', fileId];

/**
 * Every cache key of this package, and the only place that builds one. Resource first, so that a key is the prefix of all
 * that hangs on it: `keys.thread(...)` stands for everything of a thread. Objects end in 'detail', lists in 'list' and
 * their query; lists are infinite queries without exception. `scope` is the client's.
 */
export const keys = {
  all,
  assistants,
  assistantLists: (scope: string): Key => [...assistants(scope), 'list'],
  assistantList: (scope: string, query: Query): Key => [...assistants(scope), 'list', query ?? {}],
  assistant,
  assistantDetail: (scope: string, assistantId: string): Key => [...assistant(scope, assistantId), 'detail'],
  assistantFileLists: (scope: string, assistantId: string): Key => [...assistantFiles(scope, assistantId), 'list'],
  assistantFileList: (scope: string, assistantId: string, query: Query): Key => [
    ...assistantFiles(scope, assistantId),
    'list',
    query ?? {},
  ],
  assistantFile: (scope: string, assistantId: string, fileId: string): Key => [
    ...assistantFiles(scope, assistantId),
    'item',
    fileId,
    'detail',
  ],
  thread,
  threadDetail: (scope: string, threadId: string): Key => [...thread(scope, threadId), 'detail'],
  messages,
  messageLists: (scope: string, threadId: string): Key => [...messages(scope, threadId), 'list'],
  messageList: (scope: string, threadId: string, query: Query): Key => [...messages(scope, threadId), 'list', query ?? {}],
  message,
  messageDetail: (scope: string, threadId: string, messageId: string): Key => [
    ...message(scope, threadId, messageId),
    'detail',
  ],
  messageFileLists: (scope: string, threadId: string, messageId: string): Key => [
    ...messageFiles(scope, threadId, messageId),
    'list',
  ],
  messageFileList: (scope: string, threadId: string, messageId: string, query: Query): Key => [
    ...messageFiles(scope, threadId, messageId),
    'list',
    query ?? {},
  ],
  messageFile: (scope: string, threadId: string, messageId: string, fileId: string): Key => [
    ...messageFiles(scope, threadId, messageId),
    'item',
    fileId,
    'detail',
  ],
  runs,
  runLists: (scope: string, threadId: string): Key => [...runs(scope, threadId), 'list'],
  runList: (scope: string, threadId: string, query: Query): Key => [...runs(scope, threadId), 'list', query ?? {}],
  newestRun: (scope: string, threadId: string): Key => [...runs(scope, threadId), 'newest'],
  run,
  runDetail: (scope: string, threadId: string, runId: string): Key => [...run(scope, threadId, runId), 'detail'],
  runStepLists: (scope: string, threadId: string, runId: string): Key => [...runSteps(scope, threadId, runId), 'list'],
  runStepList: (scope: string, threadId: string, runId: string, query: Query): Key => [
    ...runSteps(scope, threadId, runId),
    'list',
    query ?? {},
  ],
  runStep: (scope: string, threadId: string, runId: string, stepId: string, query: Query): Key => [
    ...runSteps(scope, threadId, runId),
    'item',
    stepId,
    'detail',
    query ?? {},
  ],
  runStepDetails: (scope: string, threadId: string, runId: string, stepId: string): Key => [
    ...runSteps(scope, threadId, runId),
    'item',
    stepId,
    'detail',
  ],
  files,
  fileLists: (scope: string): Key => [...files(scope), 'list'],
  fileList: (scope: string, query: Query): Key => [...files(scope), 'list', query ?? {}],
  file,
  fileDetail: (scope: string, fileId: string): Key => [...file(scope, fileId), 'detail'],
  fileNames: (scope: string, fileIds: readonly string[]): Key => [...files(scope), 'names', fileIds],
  fileContent: (scope: string, fileId: string): Key => [...file(scope, fileId), 'content'],
  /** Of the registry of threads, which the API does not have. */
  threadRegistry: (scope: string): Key => [...all(scope), 'registry'],
  /** Of mutations, by operationId. */
  mutation: (scope: string, operationId: string): Key => [...all(scope), 'mutation', operationId],
  /** Of a query that lacks an id: never fetched. */
  disabled: (scope: string, operationId: string): Key => [...all(scope), 'disabled', operationId],
} as const;
