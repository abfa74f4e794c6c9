import { createKeyedMutex } from '../common/createKeyedMutex.js';
import { randomId } from '../common/randomId.js';
import type { OperationId } from '../protocol/types.js';
import type { BackendOptions } from './BackendOptions.js';
import { createLifecycle, type DrainOptions } from './createLifecycle.js';
import { createRecovery } from './createRecovery.js';
import { createStoreLog, removeEvents } from './engine/eventLog/createStoreLog.js';
import { createEngine } from './engine/createEngine.js';
import type { RunUsage } from './engine/RunUsage.js';
import type { EngineOptions } from './engine/EngineOptions.js';
import { createVectorStorage } from './engine/vectorStores/createVectorStorage.js';
import { createVectorStoreService } from './engine/vectorStores/createVectorStoreService.js';
import { recordFileProblem } from './engine/recordFileProblem.js';
import { overlayStore } from './engine/overlayStore.js';
import { assertApiKeys } from './http/access/assertApiKeys.js';
import type { BackendContext } from './http/BackendContext.js';
import { createRouter } from './http/createRouter.js';
import type { Handlers } from './http/operations.js';
import { respondUnlessAborted } from './http/respondUnlessAborted.js';
import { assistantFileRoutes } from './http/routes/assistantFiles.js';
import { assistantRoutes } from './http/routes/assistants.js';
import { fileRoutes } from './http/routes/files.js';
import { messageFileRoutes } from './http/routes/messageFiles.js';
import { messageRoutes } from './http/routes/messages.js';
import { runRoutes } from './http/routes/runs.js';
import { runStepRoutes } from './http/routes/runSteps.js';
import { threadRoutes } from './http/routes/threads.js';
import { usageRoutes } from './http/routes/usage.js';
import { vectorStoreFileRoutes } from './http/routes/vectorStoreFiles.js';
import { vectorStoreFileBatchRoutes } from './http/routes/vectorStoreFileBatches.js';
import { vectorStoreRoutes } from './http/routes/vectorStores.js';
import { scriptedModel } from './models/scripted/scriptedModel.js';
import { withAbort } from './models/withAbort.js';
import { createFileService, type FileService } from './search/createFileService.js';
import type { VectorStorage } from './search/vectors/VectorStorage.js';
import { readRouterOptions } from './readRouterOptions.js';
import { withBlobStore } from './stores/blobs/withBlobStore.js';
import { memoryStore } from './stores/memoryStore.js';
import type { Store } from './stores/Store.js';

/** Backend created by `createBackend`. */
export interface Backend {
  /**
   * Handles a request. Pass it to a client as its `fetch` option, or to any server that uses Request and Response. Rejects like
   * `fetch` when `request.signal` aborts. Runs that the request has started continue.
   */
  fetch: (request: Request) => Promise<Response>;
  /** Resolves when no run is being executed and no file of a vector store is being read. */
  idle(): Promise<void>;
  /**
   * Rejects new runs with 503 and waits for active ones. Runs that are still active at the deadline fail with `server_error`,
   * and their streams end with that event. All other requests are handled as before.
   */
  drain(options?: DrainOptions): Promise<void>;
  /** Drains the backend and closes the store. Always resolves in finite time. */
  close(options?: DrainOptions): Promise<void>;
}

/**
 * Creates a backend that implements all operations of the contract, in both API versions. Requests select the version with the
 * OpenAI-Beta header, or with the `api-version` of Azure in the query. The default is version 2. Uses web standards only, so it
 * runs in pages, workers, Node and edge runtimes.
 *
 * @throws TypeError if an API key is empty, undefined or cannot be sent in a header, if `unsupportedTools` is
 * unknown, or if a limit is not a number.
 * @example
 * const backend = createBackend({ model: scriptedModel() });
 * const client = createAssistantsClient({ baseUrl: 'http://backend.test/v1', fetch: backend.fetch });
 */
export function createBackend(options: BackendOptions = {}): Backend {
  const { onError = logError, reasoning: keepsReasoning = true } = options;
  assertApiKeys(options.apiKeys);
  const { store: baseStore, removeOrphans } = openStore(options);
  const now = options.now ?? baseStore.now?.bind(baseStore) ?? Date.now;
  const isShared = baseStore.events !== undefined;
  const owner = randomId('process_');
  const log = createStoreLog(baseStore, {
    owner,
    now,
    onTakenOver: () => void engine.checkLeases(),
  });
  const store = overlayStore(
    baseStore,
    (runId) => removeEvents(log, runId),
    (vectorStoreId) => vectorStores.start(vectorStoreId),
  );
  const shutdown = new AbortController();
  const recoveryStop = new AbortController();

  const domain = { store, now, generateId: options.generateId ?? randomId };
  const withLock = baseStore.withLock?.bind(baseStore) ?? createKeyedMutex();
  const model = withAbort(options.model ?? scriptedModel(), shutdown.signal);
  const storage = createVectorStorage({ store, withLock, index: baseStore.vectorIndex });
  const files = createFiles(options, { store, withLock, storage }, recoveryStop.signal);
  const vectorStores = createVectorStoreService({
    store,
    withLock,
    files,
    now,
    shutdown: recoveryStop.signal,
  });
  const engine = createEngine({
    ...domain,
    model,
    withLock,
    log,
    files,
    vectorStores,
    keepsReasoning,
    shutdown: shutdown.signal,
    owner,
    isShared,
    onUsage: options.onUsage && createUsageListener(options.onUsage, onError),
  });
  const recovery = createRecovery({
    engine,
    store,
    now,
    signal: recoveryStop.signal,
    onError,
    isShared,
    removeOrphans,
  });
  // Other processes rely on it, even if no request reaches this one.
  if (isShared) void recovery.recover(new Request('http://localhost/'));
  const lifecycle = createLifecycle(
    { engine, recovery, vectorStores, log, store },
    { stopRuns: shutdown, stopBackground: recoveryStop },
  );
  const router = createRouter(
    createHandlers,
    { ...domain, engine, vectorStores, withLock },
    {
      ...readRouterOptions(options, { model, now, quotas: baseStore.quotas }, onError),
      isDraining: lifecycle.isDraining,
    },
  );

  return {
    fetch: (request) =>
      respondUnlessAborted(request, async () => {
        await recovery.recover(request);
        return router.fetch(request);
      }),
    idle: lifecycle.idle,
    drain: lifecycle.drain,
    close: lifecycle.close,
  };
}

/** Returns the store, with the contents of files in the blob store if there is one. */
function openStore({ store = memoryStore(), blobStore }: BackendOptions): {
  store: Store;
  removeOrphans?: (signal: AbortSignal) => Promise<void>;
} {
  if (blobStore === undefined) return { store };
  const backed = withBlobStore(store, blobStore);
  return { store: backed, removeOrphans: (signal) => backed.removeOrphans(signal) };
}

function createFiles(
  options: BackendOptions,
  {
    store,
    withLock,
    storage,
  }: Pick<EngineOptions, 'store' | 'withLock'> & { storage: VectorStorage },
  shutdown: AbortSignal,
): FileService {
  const files = createFileService({
    readFile: (fileId) => store.getContent(fileId),
    createWorker: options.createFileWorker,
    limits: options.limits?.files,
    embeddings: options.embed && {
      model: options.embed,
      storage,
      shutdown,
    },
    now: options.now ?? Date.now,
    onRead: (file, problem) =>
      recordFileProblem({ store, withLock, limits: files.limits }, file, problem),
  });
  return files;
}

/** An error of the listener must not fail the run, which has ended already, or end the process. */
function createUsageListener(
  onUsage: NonNullable<BackendOptions['onUsage']>,
  onError: (error: unknown, request: Request) => void,
): (usage: RunUsage) => void {
  const report = async (usage: RunUsage) => onUsage(usage);
  return (usage) => {
    void report(usage).catch((error: unknown) => onError(error, new Request('http://localhost/')));
  };
}

function createHandlers(context: BackendContext): Handlers<OperationId> {
  return {
    ...assistantRoutes(context),
    ...assistantFileRoutes(context),
    ...threadRoutes(context),
    ...messageRoutes(context),
    ...messageFileRoutes(context),
    ...runRoutes(context),
    ...runStepRoutes(context),
    ...fileRoutes(context),
    ...vectorStoreRoutes(context),
    ...vectorStoreFileRoutes(context),
    ...vectorStoreFileBatchRoutes(context),
    ...usageRoutes(context),
  };
}

function logError(error: unknown): void {
  // oxlint-disable-next-line no-console -- errors must not disappear if the app does not handle them
  console.error(error);
}
