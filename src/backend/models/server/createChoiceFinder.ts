import { type Fields, toChoices } from './toFields.js';

/**
 * Returns a function that finds the choice with index 0, or else the one with the first index of the answer. Servers
 * that generate one choice may omit its index, or count from 1.
 */
export function createChoiceFinder(): (choices: unknown) => Fields {
  let chosenIndex: number | undefined;
  const getIndex = ({ index }: Fields) => Number(index ?? 0);
  return (choices) => {
    const list = toChoices(choices);
    const [first] = list;
    if (first === undefined) return {};
    chosenIndex ??= list.some((choice) => getIndex(choice) === 0) ? 0 : getIndex(first);
    return list.find((choice) => getIndex(choice) === chosenIndex) ?? {};
  };
}
