import { toFields } from '../../../common/toFields.js';
import { HttpError, unknownUser } from '../../domain/errors.js';
import type { BackendUser, FindUser } from '../../domain/BackendUser.js';

/** Resolves with the user of a request. @throws HttpError 401 if it has none. */
export type UserReader = (request: Request) => Promise<BackendUser>;

const MAX_ID_LENGTH = 255;

/** Rule for the ids of users, for error messages. */
export const USER_ID_RULE = `1 to ${MAX_ID_LENGTH} characters, not only spaces, without control characters and lone surrogates`;

/**
 * Creates the function that reads the users of requests. An error of `user` means that the request has no user, because libraries
 * throw for invalid credentials.
 *
 * @param onError Receives errors of `user`.
 */
export function createUserReader(
  user: FindUser,
  onError: (error: unknown, request: Request) => void,
): UserReader {
  return async (request) => {
    const result = await callUser(user, request, onError);
    const fields = typeof result === 'string' ? { id: result } : toFields(result);
    const { id, isAdmin } = fields;
    if (result === undefined || result === null || isBlank(id)) throw unknownUser();
    if (!isUserId(id)) {
      throw new TypeError(`\`user\` must return undefined, or an id of ${USER_ID_RULE}.`);
    }
    // Callers without types can return anything, and must not make a user an admin by accident.
    return { id, isAdmin: isAdmin === true };
  };
}

async function callUser(
  user: FindUser,
  request: Request,
  onError: (error: unknown, request: Request) => void,
): Promise<Awaited<ReturnType<FindUser>>> {
  try {
    return await user(request);
  } catch (error) {
    onError(error, request);
    throw error instanceof HttpError ? error : unknownUser();
  }
}

/** Databases cut texts at NUL and replace lone surrogates, so two users could become one. */
export function isUserId(id: unknown): id is string {
  return (
    typeof id === 'string' &&
    !isBlank(id) &&
    id.length <= MAX_ID_LENGTH &&
    !/[\p{Cc}\p{Cs}]/u.test(id)
  );
}

function isBlank(id: unknown): boolean {
  return typeof id === 'string' && id.trim() === '';
}
