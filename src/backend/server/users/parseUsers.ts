import type { FindUser } from '../../domain/BackendUser.js';
import { UsageError } from '../UsageError.js';
import { keyUsers } from './keyUsers.js';
import { tokenUsers, type TokenUsersOptions } from './tokenUsers.js';

/** Users of a server, as the command line names them. */
export type UsersSettings = { admins: string[] } & (
  { type: 'keys'; path: string } | ({ type: 'tokens' } & Omit<TokenUsersOptions, 'admins'>)
);

/** Options of the command line for users. */
export const USERS_OPTIONS = {
  users: { type: 'string' },
  admin: { type: 'string', multiple: true },
  'jwt-issuer': { type: 'string' },
  'jwt-audience': { type: 'string' },
  'jwt-claim': { type: 'string' },
} as const;

interface UsersValues {
  users?: string;
  admin?: string[];
  'jwt-issuer'?: string;
  'jwt-audience'?: string;
  'jwt-claim'?: string;
}

/** Reads the options of users. Undefined without `--users`. @throws UsageError */
export function parseUsers(values: UsersValues, hasKeys: boolean): UsersSettings | undefined {
  const { users, admin: admins = [] } = values;
  const tokenOption = (['jwt-issuer', 'jwt-audience', 'jwt-claim'] as const).find(
    (name) => values[name] !== undefined,
  );
  if (users === undefined) {
    const option = admins.length > 0 ? 'admin' : tokenOption;
    if (option !== undefined) throw new UsageError(`--${option} needs --users.`);
    return undefined;
  }
  if (hasKeys)
    throw new UsageError(
      'Set either --users or --key (ASSISTANTS_KEYS). With --users, the key or token of a request names its user.',
    );
  if (!/^https?:\/\//.test(users)) {
    if (tokenOption !== undefined)
      throw new UsageError(`--${tokenOption} needs the URL of a JWKS as --users, not a file.`);
    return { type: 'keys', path: users, admins };
  }
  const { 'jwt-issuer': issuer, 'jwt-audience': audience, 'jwt-claim': claim } = values;
  if (issuer === undefined && audience === undefined)
    throw new UsageError('--users with a URL needs --jwt-issuer or --jwt-audience, or both.');
  return {
    type: 'tokens',
    jwksUrl: users,
    admins,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
    ...(claim === undefined ? {} : { claim }),
  };
}

/** Returns the function for the option `user` of a backend. @throws Error with a message for the user */
export async function openUsers(settings: UsersSettings): Promise<FindUser> {
  return settings.type === 'keys' ? keyUsers(settings) : tokenUsers(settings);
}
