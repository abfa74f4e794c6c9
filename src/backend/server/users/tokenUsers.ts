import type { JWTVerifyOptions } from 'jose';
import type { FindUser } from '../../domain/BackendUser.js';
import { identityUnavailable } from '../../domain/errors.js';
import { readApiKey } from '../../http/access/apiKeys.js';
import { isUserId } from '../../http/access/createUserReader.js';

/** Options for `tokenUsers`. Tokens must name `issuer` or `audience`, because an issuer may sign those of other apps. */
export interface TokenUsersOptions {
  /** URL of the keys (JWKS) of the issuer, such as `https://login.example/.well-known/jwks.json`. */
  jwksUrl: string;
  /** Value that `iss` must have. */
  issuer?: string;
  /** Value that `aud` must have or contain. */
  audience?: string;
  /** Claim with the id of the user. @default 'sub' */
  claim?: string;
  /** Ids of the admins, see `BackendUser.isAdmin`. @default none */
  admins?: readonly string[];
}

/** Codes of errors of `jose` that a token causes. All others mean that its keys cannot be read. */
const TOKEN_ERRORS: ReadonlySet<unknown> = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_INVALID',
]);

/**
 * Returns a function for the option `user` of a backend that finds the user of a request in its signed token (JWT),
 * sent as `Authorization: Bearer TOKEN`. Tokens without an end, and those that are expired or signed by another key,
 * get 401. While the keys of the issuer cannot be read, requests get 503. Needs the package `jose`.
 *
 * @throws Error if the options are invalid or `jose` is not installed.
 * @example
 * const user = await tokenUsers({
 *   jwksUrl: 'https://login.example/.well-known/jwks.json',
 *   audience: 'chat',
 * });
 * createBackend({ user });
 */
export async function tokenUsers(options: TokenUsersOptions): Promise<FindUser> {
  const { issuer, audience, claim = 'sub', admins = [] } = options;
  const url = readUrl(options.jwksUrl);
  if (issuer === undefined && audience === undefined) {
    throw new Error(
      'Set the issuer or the audience of the tokens (--jwt-issuer, --jwt-audience). Without them, tokens for other apps would be accepted.',
    );
  }
  const { createRemoteJWKSet, jwtVerify } = await loadJose();
  const keys = createRemoteJWKSet(url);
  const rules: JWTVerifyOptions = {
    requiredClaims: ['exp', claim],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (request) => {
    const token = readApiKey(request.headers);
    if (token === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      const id = payload[claim];
      return isUserId(id) ? { id, isAdmin: admins.includes(id) } : undefined;
    } catch (error) {
      if (isTokenError(error)) return undefined;
      throw identityUnavailable(error);
    }
  };
}

/** @throws Error unless the connection that reads the keys is encrypted or local. */
function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw new Error(
    'The URL of the keys of tokens must start with https://, as in https://login.example/.well-known/jwks.json.',
  );
}

function isTokenError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TOKEN_ERRORS.has(error.code);
}

/** Loads the library on demand, because only servers with tokens need it. @throws Error */
async function loadJose() {
  try {
    return await import('jose');
  } catch (error) {
    throw new Error('Tokens need the package `jose`. Install it: npm install jose.', {
      cause: error,
    });
  }
}
