import type { OwnedObject, Ownership } from './Ownership.js';

/**
 * Creates an ownership adapter that lives as long as the process, for tests and demos. After a restart, no user owns anything.
 */
export function memoryOwnership(): Ownership {
  const owners = new Map<string, string>();
  const getKey = ({ type, id }: OwnedObject) => `${type} ${id}`;
  return {
    claim(user, object) {
      const key = getKey(object);
      const owner = owners.get(key) ?? user;
      owners.set(key, owner);
      return owner === user;
    },
    owns: (user, object) => owners.get(getKey(object)) === user,
  };
}
