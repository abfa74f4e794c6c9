import { compileRegExp, type CompiledRegExp, type Program } from './compileRegExp.js';

/** Positions of the groups: the start of group n at 2n, its end at 2n + 1. -1 for groups without a match. */
export type Registers = number[];

type Backtrack =
  | { kind: 'retry'; instruction: number; position: number }
  | { kind: 'restore'; register: number; value: number };

const compiled = new Map<string, CompiledRegExp>();

/**
 * Matches like `RegExp.prototype.exec`, with an interpreter that backtracks as the engines of browsers do, and counts its
 * steps. Unlike the engines it has no optimizations, except that an anchored expression is only tried at the start.
 *
 * @param onStep Called for each instruction.
 */
export function matchRegExp(
  regExp: RegExp,
  text: string,
  onStep: () => void,
): Registers | undefined {
  const key = regExp.toString();
  const known = compiled.get(key) ?? compileRegExp(regExp);
  compiled.set(key, known);
  const { program, groupCount, isAnchored } = known;
  const first = regExp.global || regExp.sticky ? regExp.lastIndex : 0;
  const last = regExp.sticky || isAnchored ? first : text.length;
  for (let start = first; start <= last; start += 1) {
    const registers: Registers = Array.from({ length: groupCount * 2 }, () => -1);
    const end = run(program, { text, isUnicode: regExp.unicode, onStep }, registers, start);
    if (end !== undefined) return [start, end, ...registers.slice(2)];
  }
  return undefined;
}

interface Input {
  text: string;
  isUnicode: boolean;
  onStep: () => void;
}

/** Returns the position after the match. */
function run(
  { instructions, isBackward }: Program,
  input: Input,
  registers: Registers,
  start: number,
): number | undefined {
  const { text, onStep } = input;
  const backtracks: Backtrack[] = [];
  let position = start;
  let index = 0;

  const save = (register: number, value: number): void => {
    backtracks.push({ kind: 'restore', register, value: registers[register] ?? -1 });
    registers[register] = value;
  };
  /** Moves past a string if it is next in the direction of the program. */
  const consume = (isExpected: boolean, length: number): boolean => {
    if (isExpected) position += isBackward ? -length : length;
    return isExpected;
  };
  const step = (): boolean => {
    const instruction = instructions[index];
    index += 1;
    switch (instruction?.op) {
      case 'character': {
        const character = readCharacter(input, position, isBackward);
        return character !== undefined && consume(instruction.isMatch(character), character.length);
      }
      case 'split':
        backtracks.push({ kind: 'retry', instruction: instruction.second, position });
        index = instruction.first;
        return true;
      case 'jump':
        index = instruction.target;
        return true;
      case 'save':
        save(instruction.register, position);
        return true;
      case 'assert':
        return instruction.isTrue(text, position);
      case 'look': {
        const inner = [...registers];
        const isFound = run(instruction.program, input, inner, position) !== undefined;
        if (isFound && !instruction.isNegated)
          inner.forEach((value, register) => save(register, value));
        return isFound !== instruction.isNegated;
      }
      case 'backreference': {
        const [from = -1, to = -1] = registers.slice(instruction.group * 2);
        const expected = to < 0 ? '' : text.slice(from, to);
        const at = isBackward ? position - expected.length : position;
        return consume(text.startsWith(expected, at), expected.length);
      }
      case undefined:
        return false;
    }
  };

  while (index < instructions.length) {
    onStep();
    if (step()) continue;
    let backtrack = backtracks.pop();
    for (; backtrack?.kind === 'restore'; backtrack = backtracks.pop())
      registers[backtrack.register] = backtrack.value;
    if (backtrack === undefined) return undefined;
    index = backtrack.instruction;
    position = backtrack.position;
  }
  return position;
}

function readCharacter(
  { text, isUnicode }: Input,
  position: number,
  isBackward: boolean,
): string | undefined {
  if (!isUnicode) return text[isBackward ? position - 1 : position];
  if (!isBackward) {
    const code = text.codePointAt(position);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }
  const pair = text.slice(Math.max(0, position - 2), position);
  return (pair.codePointAt(0) ?? 0) > 0xff_ff ? pair : text[position - 1];
}
