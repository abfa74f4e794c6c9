import { putIn, type ListName, type RunState, type Written } from './reduceRun.js';

/**
 * The state with what a server has listed, oldest first. What is not new keeps its identity; what was missed stands before
 * what a stream has told since.
 */
export function putList<Name extends ListName>(state: RunState, name: Name, listed: readonly Written[Name][]): RunState {
  let next = state;
  for (const object of listed) {
    const known = next[name].find(({ id }) => id === object.id);
    if (JSON.stringify(known) !== JSON.stringify(object)) next = putIn(next, name, object);
  }
  const places = new Map(listed.map(({ id }, index) => [id, index]));
  const placeOf = ({ id }: { id: string }) => places.get(id) ?? listed.length;
  const known = next[name];
  const inOrder = known.toSorted((one, other) => placeOf(one) - placeOf(other));
  return inOrder.every((object, index) => object === known[index]) ? next : { ...next, [name]: inOrder };
}
