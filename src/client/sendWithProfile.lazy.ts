import type { CreateThreadAndRunRequest, Thread } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';
import type { ClientRequest } from './ClientRequest.js';
import { isCursorRefused, takeItemsAfterCursor, withoutCursor } from './continueList.lazy.js';
import type { RequestSender } from './createRequestSender.js';
import {
  createCursorError,
  createUnsupportedError,
  isEssential,
  isMissingOperation,
  mayMissObject,
} from './missingOperation.lazy.js';
import { readResponse } from './readResponse.js';
import { serverPresets } from './serverPresets.lazy.js';
import type { ServerProfile } from './ServerProfile.js';

interface ProfiledRequest<Result> {
  profile: ServerProfile;
  request: ClientRequest<Result>;
  sendRequest: RequestSender;
}

/**
 * Sends a request to a server that may lack capabilities. Learns from a refusal, and makes the request in another way if there
 * is one. Renews a token that the server refuses, once.
 *
 * @param firstFailure Error of the request if it was sent already.
 */
export async function sendWithProfile<Result>(
  sent: ProfiledRequest<Result>,
  firstFailure?: AssistantsError,
): Promise<Result> {
  const { profile, request } = sent;
  const { operationId } = request;
  applyOptions(profile);
  const { supported } = profile;
  let failure = firstFailure;
  const isRefused =
    isKnownMissing(profile, request) ||
    isStreamRefused(sent, undefined) ||
    isCursorRefused(profile, request, undefined);
  if (!failure && !isRefused) {
    try {
      return await sendWithToken(sent);
    } catch (error) {
      if (!(error instanceof AssistantsError)) throw error;
      failure = error;
    }
  }
  if (isCursorRefused(profile, request, failure)) {
    const page = await continueList(sent, failure);
    if (page !== undefined) return page;
  }
  const error = learnMissingOperation(profile, request, failure);
  if (error?.kind === 'unsupported' && operationId === 'createThreadAndRun')
    return sendWithProfile({ ...sent, request: await createThreadFirst(sent) });
  if (isStreamRefused(sent, failure)) {
    profile.isComplete = false;
    supported.streaming = false;
    return sendWithProfile({ ...sent, request: withoutStream(request) });
  }
  throw error ?? failure ?? createUnsupportedError(operationId);
}

/**
 * Reads the items after a cursor from the first items of the list. Undefined if that fails, and the request had failed before.
 *
 * @throws AssistantsError of kind 'unsupported' if the server has more items than a page may have.
 */
async function continueList<Result>(
  sent: ProfiledRequest<Result>,
  failure: AssistantsError | undefined,
): Promise<Result | undefined> {
  const { profile, request } = sent;
  try {
    const result = await sendWithProfile({ ...sent, request: withoutCursor(request) });
    const rest = takeItemsAfterCursor(result, request);
    if (rest !== undefined) {
      profile.isComplete = false;
      profile.supported.after = false;
      return rest;
    }
  } catch (error) {
    if (!failure) throw error;
  }
  if (failure) return undefined;
  try {
    // The refusal from which this was learnt may have had another reason.
    const result = await sendWithToken(sent);
    profile.supported.after = true;
    return result;
  } catch (error) {
    if (!(error instanceof AssistantsError) || error.status === undefined) throw error;
    throw createCursorError(request.operationId, error);
  }
}

/** Completes the options and capabilities of a profile with those of its preset and its token provider. */
function applyOptions(profile: ServerProfile): void {
  const { options, supported } = profile;
  const { tokenProvider } = options;
  if (tokenProvider) {
    options.apiKey = () => {
      profile.token ??= getToken(profile, tokenProvider);
      return profile.token;
    };
  }
  const { preset } = supported;
  if (preset === undefined) return;
  const { missing, query, apiVersion } = serverPresets[preset];
  for (const capability of missing) supported[capability] ??= false;
  options.query = { ...query, ...options.query };
  if (apiVersion !== undefined) options.apiVersion ??= apiVersion;
}

async function getToken(
  profile: ServerProfile,
  tokenProvider: () => string | Promise<string>,
): Promise<string> {
  try {
    return await tokenProvider();
  } catch (error) {
    profile.token = undefined;
    throw error;
  }
}

async function sendWithToken<Result>({
  profile,
  request,
  sendRequest,
}: ProfiledRequest<Result>): Promise<Result> {
  const { tokenProvider } = profile.options;
  // Before the request, so that a refusal tells which token was refused.
  if (tokenProvider) profile.token ??= getToken(profile, tokenProvider);
  const { token } = profile;
  try {
    return await trackSuccess(profile, request, sendRequest(request));
  } catch (error) {
    const isExpired = tokenProvider && error instanceof AssistantsError && error.status === 401;
    if (!isExpired) throw error;
    // A parallel request may have renewed the token already.
    if (profile.token === token) profile.token = undefined;
    return await trackSuccess(profile, request, sendRequest(request));
  }
}

async function trackSuccess<Result>(
  { supported }: ServerProfile,
  { operationId }: ClientRequest<Result>,
  sent: Promise<Result>,
): Promise<Result> {
  const result = await sent;
  supported[operationId] = true;
  return result;
}

/** Returns the error for an operation that the server lacks. Undefined for other failures. */
function learnMissingOperation(
  profile: ServerProfile,
  request: ClientRequest<unknown>,
  failure: AssistantsError | undefined,
): AssistantsError | undefined {
  const { supported, missingPaths } = profile;
  const { operationId } = request;
  if (!failure)
    return isKnownMissing(profile, request) ? createUnsupportedError(operationId) : undefined;
  if (supported[operationId] !== undefined || !isMissingOperation(operationId, failure))
    return supported[operationId] === false ? createUnsupportedError(operationId) : undefined;
  if (!isEssential(operationId)) {
    profile.isComplete = false;
    if (mayMissObject(operationId, failure)) missingPaths.add(getPathKey(request));
    else supported[operationId] = false;
  }
  return createUnsupportedError(operationId, failure);
}

/** Returns true if the operation is known to be missing, for all objects or for those of the request. */
function isKnownMissing(
  { supported, missingPaths }: ServerProfile,
  request: ClientRequest<unknown>,
): boolean {
  const isSupported = supported[request.operationId];
  return isSupported === false || (!isSupported && missingPaths.has(getPathKey(request)));
}

/** Returns a text that only requests of the same operation for the same objects have. */
function getPathKey({ operationId, params }: ClientRequest<unknown>): string {
  const { threadId, runId, stepId, messageId, assistantId, fileId }: Record<string, unknown> = {
    ...params,
  };
  return JSON.stringify([operationId, threadId, runId, stepId, messageId, assistantId, fileId]);
}

/** Creates the thread, for servers that cannot create it together with its run. */
async function createThreadFirst<Result>(
  sent: ProfiledRequest<Result>,
): Promise<ClientRequest<Result>> {
  const { request } = sent;
  // These are the parameters of createThreadAndRun.
  const { body } = request.params as { body: CreateThreadAndRunRequest };
  const { thread, ...run } = body;
  const params = { body: thread ?? {} };
  const creation: ClientRequest<Thread> = {
    operationId: 'createThread',
    params,
    // The idempotency key belongs to the run.
    call: { ...request.call, idempotencyKey: undefined },
    accept: 'application/json',
    // `readResponse` has checked that it is a thread.
    read: async (response) => (await readResponse('createThread', params, response)) as Thread,
  };
  const { id: threadId } = await sendWithProfile({ ...sent, request: creation });
  return { ...request, operationId: 'createRun', params: { threadId, body: run } };
}

/** Returns true if the server cannot stream, or has refused a request because of `stream: true`. */
function isStreamRefused(
  { profile, request }: ProfiledRequest<unknown>,
  failure: AssistantsError | undefined,
): boolean {
  const { body } = request.params as { body?: { stream?: unknown } };
  if (body?.stream !== true) return false;
  if (profile.supported.streaming === false) return true;
  if (failure?.status !== 400 && failure?.status !== 422) return false;
  return failure.param === 'stream' || /\bstream(?:ing|ed|s)?\b/i.test(failure.message);
}

/** Returns the request for JSON in place of an event stream. */
function withoutStream<Result>(request: ClientRequest<Result>): ClientRequest<Result> {
  const { body, ...ids } = request.params as { body?: object };
  const params = { ...ids, body: { ...body, stream: false } };
  return { ...request, params, accept: 'application/json' };
}
