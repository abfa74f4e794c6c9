import { isId } from '../../protocol/isId.js';
import { operationPaths } from '../../protocol/operationPaths.js';
import type { OperationId } from '../../protocol/types.js';
import { invalidBetaHeader, notFound, shuttingDown } from '../domain/errors.js';
import { findAssistant, findFile, findThread, findVectorStore } from '../domain/findObjects.js';
import type { BackendUser } from '../domain/BackendUser.js';
import { userStore } from '../domain/userStore.js';
import type { Store } from '../stores/Store.js';
import type { BackendContext } from './BackendContext.js';
import { type BodyLimits, readOperationBody } from './body/readOperationBody.js';
import type { UnsupportedTools } from './body/normalizeBody.js';
import { readInclude } from './dialect/include.js';
import { projectResponse } from './dialect/projectResponse.js';
import { acceptsReasoning } from '../../protocol/extensions.js';
import { readDialect } from './dialect/readDialect.js';
import { createRunLimit } from './access/createRunLimit.js';
import { createFingerprint } from './idempotency/createFingerprint.js';
import { predictResponse } from './idempotency/predictResponse.js';
import { runOnce } from './idempotency/runOnce.js';
import {
  type HandlerResult,
  type Handlers,
  type OperationBody,
  type OperationCall,
  type OperationResponses,
  type PathParameters,
  StreamedResponse,
} from './operations.js';
import { getPollHint } from './response/getPollHint.js';
import { toJsonResponse } from './response/toJsonResponse.js';

export interface OperationHandlerOptions {
  limits: BodyLimits;
  unsupportedTools: UnsupportedTools;
  /** Maximum number of active runs of a user. Undefined without a limit. */
  maxRuns: number | undefined;
  /** Returns true if no new runs may start. */
  isDraining: () => boolean;
}

/**
 * Handles a request to an operation. `params` are the undecoded path parameters. `user` is undefined if all callers are one user.
 * @throws HttpError
 */
export type OperationHandler = (
  operation: OperationId,
  request: Request,
  params: Record<string, string>,
  user: BackendUser | undefined,
) => Promise<Response>;

/** Response, with the JSON that is stored for repetitions of the request. */
interface Execution {
  result: Response;
  body: string;
}

/** Operations that start or resume a run. */
const RUN_STARTERS: ReadonlySet<OperationId> = new Set([
  'createRun',
  'createThreadAndRun',
  'submitToolOutputsToRun',
]);

/** Operations that create a run. */
const RUN_CREATORS: ReadonlySet<OperationId> = new Set(['createRun', 'createThreadAndRun']);

/** Operations that accept `include[]`. */
const INCLUDE_OPERATIONS: ReadonlySet<OperationId> = new Set([
  'createRun',
  'listRunSteps',
  'getRunStep',
]);

/** Creates the function that validates requests, calls the handler of the operation and serializes its result. */
export function createOperationHandler(
  createHandlers: (context: BackendContext) => Handlers<OperationId>,
  context: BackendContext,
  { limits, unsupportedTools, maxRuns, isDraining }: OperationHandlerOptions,
): OperationHandler {
  const handlers = createHandlers(context);
  const limitRuns = maxRuns === undefined ? undefined : createRunLimit(context, maxRuns);

  async function readCall<Id extends OperationId>(
    operation: Id,
    request: Request,
    params: Record<string, string>,
  ): Promise<OperationCall<Id>> {
    for (const [name, id] of Object.entries(params)) {
      if (!isId(id)) throw notFound(getKind(name), id);
    }
    const dialect = readDialect(request);
    if (dialect === undefined) throw invalidBetaHeader();
    const body = await readOperationBody(operation, request, { dialect, unsupportedTools }, limits);
    return {
      operation,
      // The router has matched the path of the operation, so its parameters are complete.
      params: params as PathParameters<Id>,
      query: new URL(request.url).searchParams,
      // The body matches the schema of the operation.
      body: body as OperationBody<Id>,
      dialect,
      acceptsReasoning: acceptsReasoning(request.headers),
      signal: request.signal,
    };
  }

  /** Calls the handler with a store that shows the objects of the user only. */
  async function callForUser<Id extends OperationId>(
    call: OperationCall<Id>,
    params: Record<string, string>,
    store: Store,
    user: BackendUser | undefined,
  ): Promise<HandlerResult<OperationId>> {
    if (user === undefined) {
      const isShared = store === context.store;
      return callHandler(isShared ? handlers : createHandlers({ ...context, store }), call);
    }
    const ownStore = userStore(store, user);
    await assertPathFound(ownStore, params);
    if (limitRuns === undefined || !RUN_CREATORS.has(call.operation))
      return callHandler(createHandlers({ ...context, store: ownStore }), call);
    return limitRuns(store, user, async (limited) => {
      const limitedStore = userStore(limited, user);
      await assertPathFound(limitedStore, params);
      return callHandler(createHandlers({ ...context, store: limitedStore }), call);
    });
  }

  return async (operation, request, params, user) => {
    if (RUN_STARTERS.has(operation) && isDraining()) throw shuttingDown();
    const call = await readCall(operation, request, params);
    const include = INCLUDE_OPERATIONS.has(operation) ? readInclude(call.query) : [];
    const serialize = (object: OperationResponses[OperationId]) =>
      JSON.stringify(projectResponse(call.dialect, object, include));

    const execute = async (store: Store): Promise<Execution> =>
      toExecution(await callForUser(call, params, store, user), serialize, context.now());

    const key = request.headers.get('idempotency-key') ?? '';
    if (key === '' || operationPaths[operation].method !== 'POST')
      return (await execute(context.store)).result;
    const outcome = await runOnce(context, {
      key,
      user: user?.id,
      fingerprint: await createFingerprint([operation, params, call.dialect], call.body),
      execute,
      predictBody: (changes) => {
        const predicted = predictResponse(operation, changes);
        return predicted === undefined ? undefined : serialize(predicted);
      },
    });
    return outcome.type === 'executed'
      ? outcome.result
      : toJsonResponse(outcome.body, { headers: { 'idempotent-replayed': 'true' } });
  };
}

/**
 * Looks for the object at the start of the path before a handler locks it: a lock that another user holds would delay
 * the response, and so reveal that the object exists.
 *
 * @throws HttpError 404
 */
async function assertPathFound(
  store: Store,
  {
    thread_id: thread,
    assistant_id: assistant,
    vector_store_id: vectorStore,
    file_id: file,
  }: { thread_id?: string; assistant_id?: string; vector_store_id?: string; file_id?: string },
): Promise<void> {
  if (thread !== undefined) await findThread(store, thread);
  else if (assistant !== undefined) await findAssistant(store, assistant);
  else if (vectorStore !== undefined) await findVectorStore(store, vectorStore);
  else if (file !== undefined) await findFile(store, file);
}

function callHandler<Id extends OperationId>(
  handlers: Handlers<OperationId>,
  call: OperationCall<Id>,
): Promise<HandlerResult<OperationId>> {
  return handlers[call.operation](call);
}

function toExecution(
  result: HandlerResult<OperationId>,
  serialize: (object: OperationResponses[OperationId]) => string,
  nowMs: number,
): Execution {
  if (result instanceof Response) return { result, body: '' };
  if (result instanceof StreamedResponse)
    return { result: result.response, body: serialize(result.object) };
  const body = serialize(result);
  return { result: toJsonResponse(body, { headers: getPollHint(result, nowMs) }), body };
}

/** Returns the name of the object that a path parameter identifies, for error messages. */
function getKind(parameter: string): string {
  switch (parameter) {
    case 'step_id':
      return 'run step';
    case 'batch_id':
      return 'file batch';
    default:
      return parameter.replace(/_id$/, '').replaceAll('_', ' ');
  }
}
