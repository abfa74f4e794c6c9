import { isId } from '../protocol/isId.js';
import { operationPaths } from '../protocol/operationPaths.js';
import type { OperationId } from '../protocol/types.js';
import { getSharedIds } from './policy/ProxyPolicy.js';
import { createNotFound, ProxyFailure } from './ProxyFailure.js';
import type { NamedObject, ProxyTarget } from './ProxyOptions.js';
import type { Settings } from './readOptions.js';

/** Throws a ProxyFailure unless the caller may use the operation with all objects that the request names. */
export async function checkAccess(
  { operation, user, objects }: ProxyTarget,
  settings: Pick<Settings, 'policy' | 'ownership' | 'authorize'>,
): Promise<void> {
  const isShared = settings.policy.sharedLists?.includes(operation) === true;
  if (listsAllObjects(operation) && !isShared && !listsOwnThreads({ operation, user }, settings)) {
    const message = `This proxy does not allow ${operation}, which lists objects of all users.`;
    throw new ProxyFailure(403, message, { code: 'not_allowed' });
  }
  // One after the other, because each may be a query of a database.
  for (const object of objects) {
    if (!(await mayUse(object, user, settings))) throw createNotFound();
  }
}

/** Returns true if the proxy answers the list of threads itself, with those of the user. */
export function listsOwnThreads(
  { operation, user }: Pick<ProxyTarget, 'operation' | 'user'>,
  { policy, ownership }: Pick<Settings, 'policy' | 'ownership'>,
): boolean {
  if (operation !== 'listThreads' || policy.sharedLists?.includes(operation) === true) return false;
  return user !== undefined && ownership?.list !== undefined;
}

/** Returns true if an operation lists objects of all users: a list whose path contains no id. */
function listsAllObjects(operation: OperationId): boolean {
  const { method, path } = operationPaths[operation];
  return method === 'GET' && !path.includes('{');
}

async function mayUse(
  object: NamedObject,
  user: string | undefined,
  { policy, ownership, authorize }: Pick<Settings, 'policy' | 'ownership' | 'authorize'>,
): Promise<boolean> {
  const { type, id, isChanged } = object;
  if (!isId(id)) return false;
  const shared = getSharedIds(type, policy);
  // Objects of all users can be read, but only changed by a caller that `authorize` decides about.
  if (shared === 'any' && (!isChanged || authorize !== undefined)) return true;
  if (shared !== 'any' && !isChanged && shared.includes(id)) return true;
  if (ownership !== undefined && user !== undefined) {
    return (await ownership.owns(user, { type, id })) === true;
  }
  return type === 'thread' && authorize !== undefined;
}
