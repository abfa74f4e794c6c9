import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import { badRequest, HttpError } from '../../domain/errors.js';
import type { Change, Collections, Store } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';

const LIFETIME_SECONDS = 24 * 60 * 60;
const MAX_KEY_LENGTH = 255;

type StoredResponse = Collections['storedResponses'];

/** Response to a request with an Idempotency-Key. */
export type IdempotentResult<Result> =
  /** The request was executed now. */
  | { type: 'executed'; result: Result }
  /** The request was executed before. `body` is the JSON of its response. */
  | { type: 'replayed'; body: string };

/** Request that must be executed only once. */
export interface IdempotentRequest<Result> {
  key: string;
  /** User whose key it is. Undefined if all callers are one user. */
  user: string | undefined;
  /** See `createFingerprint`. */
  fingerprint: string;
  /** Executes the request. Must write to the given store only. `body` is the JSON to store for repetitions. */
  execute: (store: Store) => Promise<{ result: Result; body: string }>;
  /** Returns the JSON of the response if the changes of the request determine it, else undefined. */
  predictBody: (changes: readonly Change[]) => string | undefined;
}

/**
 * Executes a request once. Repetitions with the same Idempotency-Key within 24 hours get the stored response. A repetition of a
 * streamed request gets the object as JSON, and the client continues by polling. Rejected requests change nothing and are
 * executed again.
 *
 * The response is stored in the batch that makes the change, so that a crash cannot separate them. A request that writes
 * nothing stores its response afterwards.
 *
 * @throws HttpError 409 if the key was used with another request.
 */
export function runOnce<Result>(
  context: Pick<BackendContext, 'store' | 'now' | 'withLock'>,
  { key, user, fingerprint, execute, predictBody }: IdempotentRequest<Result>,
): Promise<IdempotentResult<Result>> {
  if (key.length > MAX_KEY_LENGTH) {
    throw badRequest(`The Idempotency-Key is longer than ${MAX_KEY_LENGTH} characters.`, {
      code: 'invalid_value',
    });
  }
  const { store } = context;
  const id = user === undefined ? key : JSON.stringify([user, key]);
  return context.withLock(`idempotency-key ${id}`, async () => {
    const nowSeconds = toUnixSeconds(context.now());
    const stored = await findStoredResponse(store, id, nowSeconds);
    if (stored !== undefined) {
      if (stored.fingerprint !== fingerprint) throw keyReused();
      return { type: 'replayed', body: stored.body };
    }
    const cleanup = await findExpired(store, nowSeconds);
    const recording = recordResponse(store, predictBody, (body) => [
      ...cleanup,
      { type: 'remove', collection: 'storedResponses', id },
      {
        type: 'put',
        collection: 'storedResponses',
        object: { id, created_at: nowSeconds, fingerprint, status: 200, body },
      },
    ]);
    const { result, body } = await execute(recording.store);
    await recording.finish(body);
    return { type: 'executed', result };
  });
}

/** Wraps a store so that the first batch that determines the response also stores it. */
function recordResponse(
  store: Store,
  predictBody: (changes: readonly Change[]) => string | undefined,
  toChanges: (body: string) => Change[],
): { store: Store; finish: (body: string) => Promise<void> } {
  let storedBody: string | undefined;
  return {
    store: {
      ...store,
      async write(changes) {
        const body = storedBody === undefined ? predictBody(changes) : undefined;
        await store.write(body === undefined ? changes : [...changes, ...toChanges(body)]);
        storedBody ??= body;
      },
    },
    /** Stores the response if it was not predicted, or not correctly. */
    async finish(body) {
      if (storedBody !== body) await store.write(toChanges(body));
    },
  };
}

async function findStoredResponse(
  store: Store,
  key: string,
  nowSeconds: number,
): Promise<StoredResponse | undefined> {
  const stored = await store.get('storedResponses', key);
  return stored === undefined || isExpired(stored, nowSeconds) ? undefined : stored;
}

/** Returns the removal of up to two expired responses, so that each new key removes more than it adds. */
async function findExpired(store: Store, nowSeconds: number): Promise<Change[]> {
  const oldest = await store.list('storedResponses', { order: 'asc', limit: 2 });
  return (oldest?.data ?? [])
    .filter((stored) => isExpired(stored, nowSeconds))
    .map(({ id }) => ({ type: 'remove', collection: 'storedResponses', id }));
}

/** Compares the absolute age, because a clock that was set back would keep responses for too long. */
function isExpired(stored: StoredResponse, nowSeconds: number): boolean {
  return Math.abs(nowSeconds - stored.created_at) >= LIFETIME_SECONDS;
}

function keyReused(): HttpError {
  return new HttpError(
    409,
    'This Idempotency-Key was used with another request. Send a new key with a new request.',
    { code: 'idempotency_key_reused' },
  );
}
