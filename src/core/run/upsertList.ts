import { upsert, type ListName, type RunState, type RunItems } from './reduceRun.js';

/**
 * The state with what a server has listed, oldest first. What is not new keeps its identity; what was missed stands before
 * what a stream has told since.
 */
export function upsertList<Name extends ListName>(
  state: RunState,
  name: Name,
  listed: readonly RunItems[Name][],
): RunState {
  let next = state;
  for (const object of listed) {
    const known = next[name].find(({ id }) => id === object.id);
    if (JSON.stringify(known) !== JSON.stringify(object)) next = upsert(next, name, object);
  }
  const places = new Map(listed.map(({ id }, index) => [id, index]));
  const getRowPlace = ({ id }: { id: string }) => places.get(id) ?? listed.length;
  const known = next[name];
  const inOrder = known.toSorted((one, other) => getRowPlace(one) - getRowPlace(other));
  return inOrder.every((object, index) => object === known[index])
    ? next
    : { ...next, [name]: inOrder };
}
