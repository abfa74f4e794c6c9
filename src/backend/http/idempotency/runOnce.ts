import { createYielder } from '../../../common/yieldToEventLoop.js';
import type { BackendContext } from '../BackendContext.js';
import { badRequest, HttpError } from '../../domain/errors.js';
import type { Change, Collections, Store } from '../../stores/Store.js';

const KEPT_SECONDS = 24 * 60 * 60;
const MAX_KEY_LENGTH = 255;

/** What a request was answered with, and whether it was done now or is a repetition. */
export interface StoredResponse<Answer> {
  /** The answer as it was given now; undefined for a repetition. */
  fresh?: Answer;
  /** The JSON that the first request was, or would without a stream have been, answered with. */
  body: string;
}

/** A request that is to be done once. */
export interface IdempotentRequest<Answer> {
  key: string;
  /** See createFingerprint. */
  fingerprint: string;
  /** Does it, writing through this store alone. */
  perform: (store: Store) => Promise<{ answer: Answer; body: string }>;
  /** The JSON of the answer, told by the changes that the request makes; undefined for changes that do not tell it. */
  foretell: (changes: readonly Change[]) => string | undefined;
}

/**
 * Does a creating request once: the same Idempotency-Key with the same request is answered what it was answered before,
 * for 24 hours. A request that was refused changed nothing and is done again. A repetition of a streamed request is
 * answered the object as it was created, as JSON: whoever lost the stream goes on by polling.
 *
 * The answer is kept in the batch that makes the change, so that a process that dies has done both or neither. A request
 * that changes nothing keeps its answer afterwards.
 *
 * @throws HttpError 409 when the key came with another request before
 */
export function runOnce<Answer>(
  context: Pick<BackendContext, 'store' | 'now' | 'withLock'>,
  { key, fingerprint, perform, foretell }: IdempotentRequest<Answer>,
): Promise<StoredResponse<Answer>> {
  if (key.length > MAX_KEY_LENGTH) {
    throw badRequest(`The Idempotency-Key is longer than ${MAX_KEY_LENGTH} characters.`, {
      code: 'invalid_value',
    });
  }
  const { store } = context;
  return context.withLock(`idempotency-key ${key}`, async () => {
    const now = Math.floor(context.now() / 1000);
    const known = await store.get('storedResponses', key);
    if (known !== undefined && !isOld(known, now)) {
      if (known.fingerprint !== fingerprint) {
        throw new HttpError(
          409,
          'This Idempotency-Key was used with another request. Send a new key with a new request.',
          {
            code: 'idempotency_key_reused',
          },
        );
      }
      return { body: known.body };
    }
    const old = await removalOfOld(context, now);
    const keep = (body: string): Change[] => {
      const replay: Collections['storedResponses'] = {
        id: key,
        created_at: now,
        fingerprint,
        status: 200,
        body,
      };
      return [
        ...old,
        { type: 'remove', collection: 'storedResponses', id: key },
        { type: 'put', collection: 'storedResponses', object: replay },
      ];
    };
    let kept: string | undefined;
    const keeping: Store = {
      ...store,
      async write(changes) {
        const body = kept === undefined ? foretell(changes) : undefined;
        await store.write(body === undefined ? changes : [...changes, ...keep(body)]);
        kept ??= body;
      },
    };
    const { answer, body } = await perform(keeping);
    if (kept !== body) await store.write(keep(body));
    return { fresh: answer, body };
  });
}

/** A few at a time, two for each one that comes. */
async function removalOfOld(
  { store }: Pick<BackendContext, 'store'>,
  now: number,
): Promise<Change[]> {
  const oldest = await store.list('storedResponses', { order: 'asc', limit: 2 });
  return (oldest?.data ?? [])
    .filter((replay) => isOld(replay, now))
    .map(({ id }) => ({ type: 'remove', collection: 'storedResponses', id }));
}

/** A clock that was set back makes a key seem to come from later; it is not kept longer for that. */
function isOld(replay: Collections['storedResponses'], now: number): boolean {
  return Math.abs(now - replay.created_at) >= KEPT_SECONDS;
}

/**
 * Equal for requests that ask the same. It tells honest mistakes and holds no secret, so a plain hash does, and
 * crypto.subtle is missing on pages without TLS. The text of a form will not do: its boundary is random.
 */
export async function createFingerprint(address: unknown, body: unknown): Promise<string> {
  if (!(body instanceof FormData))
    return hash(new TextEncoder().encode(JSON.stringify([address, body])));
  const parts = await Promise.all(
    [...body.entries()].map(async ([name, value]) =>
      typeof value === 'string'
        ? [name, value]
        : [name, value.name, await hash(new Uint8Array(await value.arrayBuffer()))],
    ),
  );
  return createFingerprint(address, parts);
}

/** How many bytes are hashed without a look at the time. */
const SLICE = 64 * 1024;

/** FNV-1a, twice with different seeds. */
async function hash(bytes: Uint8Array): Promise<string> {
  const pause = createYielder();
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let start = 0; start < bytes.length; start += SLICE) {
    const slice = bytes.subarray(start, start + SLICE);
    // Counted: over 100 MB an iterator takes a second more.
    for (let index = 0; index < slice.length; index++) {
      const byte = slice[index] ?? 0;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x01000193) ^ (second >>> 15);
    }
    await pause();
  }
  return `${bytes.length}-${(first >>> 0).toString(16)}-${(second >>> 0).toString(16)}`;
}
