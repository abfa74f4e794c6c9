import type { Message, RunStep } from '../protocol/types.js';
import { putMessage, putStep, type RunState } from './reduceRun.js';

/** Puts what a server has listed into a state, oldest first. What is not new keeps its identity. */
export function putList(list: 'messages', listed: readonly Message[]): (state: RunState) => RunState;
export function putList(list: 'steps', listed: readonly RunStep[]): (state: RunState) => RunState;
export function putList(list: 'messages' | 'steps', listed: readonly (Message | RunStep)[]): (state: RunState) => RunState {
  return (state) => {
    let next = state;
    for (const object of listed) {
      const known = next[list].find(({ id }) => id === object.id);
      if (known && JSON.stringify(known) === JSON.stringify(object)) continue;
      next = isMessage(object) ? putMessage(next, object) : putStep(next, object);
    }
    const inOrder = inOrderOf<Message | RunStep>(listed, next[list]);
    return inOrder === next[list] ? next : { ...next, [list]: inOrder };
  };
}

/** What was missed stands before what a stream has told since. */
function inOrderOf<T extends { id: string }>(truth: readonly T[], known: readonly T[]): readonly T[] {
  const places = new Map(truth.map(({ id }, index) => [id, index]));
  const placeOf = ({ id }: T) => places.get(id) ?? truth.length;
  const isInOrder = known.every((entry, index) => index === 0 || placeOf(known[index - 1] ?? entry) <= placeOf(entry));
  return isInOrder ? known : known.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function isMessage(object: Message | RunStep): object is Message {
  return 'content' in object;
}
