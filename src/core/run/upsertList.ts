import { upsert, type ListName, type RunItems } from './reduceRun.js';
import type { RunState } from './RunState.js';

/**
 * Applies a list that the server sent, oldest first. Unchanged items keep their identity. Items that only a stream has
 * delivered, because they are newer than the list, are ordered last.
 */
export function upsertList<Name extends ListName>(
  state: RunState,
  name: Name,
  items: readonly RunItems[Name][],
): RunState {
  let next = state;
  for (const item of items) {
    const known = next[name].find(({ id }) => id === item.id);
    if (JSON.stringify(known) !== JSON.stringify(item)) next = upsert(next, name, item);
  }
  const positions = new Map(items.map(({ id }, index) => [id, index]));
  const getPosition = ({ id }: { id: string }) => positions.get(id) ?? items.length;
  const merged = next[name];
  const ordered = merged.toSorted((a, b) => getPosition(a) - getPosition(b));
  const isOrdered = ordered.every((item, index) => item === merged[index]);
  return isOrdered ? next : { ...next, [name]: ordered };
}
