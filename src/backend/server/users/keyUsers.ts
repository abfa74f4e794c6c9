import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseTree } from 'jsonc-parser';
import type { FindUser } from '../../domain/BackendUser.js';
import { readApiKey } from '../../http/access/apiKeys.js';
import { isUserId, USER_ID_RULE } from '../../http/access/createUserReader.js';

/** Options for `keyUsers`. */
export interface KeyUsersOptions {
  /**
   * Path of a JSON file with the user of each API key: `{ "KEY": "alice" }`. A key can also be the hash that
   * `printf %s KEY | sha256sum` prints, with the prefix `sha256:`. The file is read once.
   */
  path: string;
  /** Ids of the admins, see `BackendUser.isAdmin`. @default none */
  admins?: readonly string[];
}

const HASH_PREFIX = 'sha256:';

/**
 * Returns a function for the option `user` of a backend that finds the user of a request by its API key, sent as
 * `Authorization: Bearer KEY` or `api-key: KEY`.
 *
 * @throws Error if the file cannot be read, or does not have this form.
 * @example
 * createBackend({ user: keyUsers({ path: 'users.json', admins: ['alice'] }) });
 */
export function keyUsers({ path, admins = [] }: KeyUsersOptions): FindUser {
  const users = readUsers(path);
  const known = new Set(users.values());
  const missing = admins.find((admin) => !known.has(admin));
  if (missing !== undefined)
    throw new Error(`${path} has no key of the admin '${missing}'. Add one.`);
  return (request) => {
    const key = readApiKey(request.headers);
    // Found by its hash, so that the time of a search reveals nothing about a key.
    const id = key === undefined ? undefined : users.get(hashKey(key));
    return id === undefined ? undefined : { id, isAdmin: admins.includes(id) };
  };
}

/** Returns the users by the hashes of their keys. @throws Error */
function readUsers(path: string): Map<string, string> {
  const users = new Map<string, string>();
  for (const [index, [key, user]] of readEntries(path).entries()) {
    // Errors name the position, because a key is a secret.
    const where = `Entry ${index + 1} of ${path}`;
    if (!/^[\x21-\x7e]+$/.test(key))
      throw new Error(
        `${where} has an empty key, or one with spaces or other characters that headers cannot carry.`,
      );
    if (!isUserId(user)) throw new Error(`${where} has no valid user. It must be ${USER_ID_RULE}.`);
    const hash = key.startsWith(HASH_PREFIX) ? readHash(key, where) : hashKey(key);
    if (users.has(hash)) throw new Error(`${where} has a key that the file has twice.`);
    users.set(hash, user);
  }
  if (users.size === 0)
    throw new Error(`${path} has no keys. It must look like { "KEY": "alice" }.`);
  return users;
}

/** Returns keys and users in the order of the file, with keys that it has twice. @throws Error */
function readEntries(path: string): [key: string, user: unknown][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    JSON.parse(text);
  } catch (error) {
    // The message of a syntax error contains a part of the file, and so maybe a key.
    const reason = error instanceof SyntaxError ? 'It is not valid JSON.' : String(error);
    throw new Error(`Cannot read the users of ${path}. ${reason}`);
  }
  const tree = parseTree(text);
  if (tree?.type !== 'object')
    throw new Error(`${path} must be a JSON object of users by key, such as { "KEY": "alice" }.`);
  return (tree.children ?? []).map(({ children: [key, user] = [] }) => [
    String(key?.value),
    user?.value,
  ]);
}

/** Reads the hash of a key. Tools print it in either case. @throws Error, because a mistyped hash must not become a key */
function readHash(key: string, where: string): string {
  const hash = key.slice(HASH_PREFIX.length).toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new Error(`${where} has no valid hash. It must have 64 hexadecimal digits after sha256:.`);
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
