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
    list(user, { type, order, limit, after }) {
      const prefix = `${type} `;
      const ids = [...owners]
        .filter(([key, owner]) => owner === user && key.startsWith(prefix))
        .map(([key]) => key.slice(prefix.length));
      const ordered = order === 'asc' ? ids : ids.toReversed();
      const start = after === undefined ? 0 : ordered.indexOf(after) + 1;
      return ordered.slice(start, start + limit);
    },
  };
}
