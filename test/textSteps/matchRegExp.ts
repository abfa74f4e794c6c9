import {
  compileRegExp,
  type CompiledRegExp,
  type Instruction,
  type Program,
} from './compileRegExp.js';

/** Positions of the groups: the start of group n at 2n, its end at 2n + 1. -1 for groups without a match. */
export type Registers = number[];

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
    const matcher = new Matcher(program, { text, isUnicode: regExp.unicode, onStep }, registers);
    const end = matcher.match(start);
    if (end !== undefined) return [start, end, ...registers.slice(2)];
  }
  return undefined;
}

interface Input {
  text: string;
  isUnicode: boolean;
  onStep: () => void;
}

type Backtrack =
  | { kind: 'retry'; index: number; position: number }
  | { kind: 'restore'; register: number; value: number };

class Matcher {
  readonly #program: Program;
  readonly #input: Input;
  readonly #registers: Registers;
  readonly #backtracks: Backtrack[] = [];
  /** Index of the next instruction. */
  #index = 0;
  #position = 0;

  constructor(program: Program, input: Input, registers: Registers) {
    this.#program = program;
    this.#input = input;
    this.#registers = registers;
  }

  /** Returns the position after the match. */
  match(start: number): number | undefined {
    const { instructions } = this.#program;
    this.#position = start;
    for (
      let instruction = instructions[0];
      instruction !== undefined;
      instruction = instructions[this.#index]
    ) {
      this.#input.onStep();
      this.#index += 1;
      if (!this.#run(instruction) && !this.#backtrack()) return undefined;
    }
    return this.#position;
  }

  /** Returns false if the instruction does not match. */
  #run(instruction: Instruction): boolean {
    switch (instruction.op) {
      case 'character':
        return this.#consumeCharacter(instruction.isMatch);
      case 'split':
        this.#backtracks.push({
          kind: 'retry',
          index: instruction.second,
          position: this.#position,
        });
        this.#index = instruction.first;
        return true;
      case 'jump':
        this.#index = instruction.target;
        return true;
      case 'save':
        this.#save(instruction.register, this.#position);
        return true;
      case 'assert':
        return instruction.isTrue(this.#input.text, this.#position);
      case 'look':
        return this.#look(instruction.program) !== instruction.isNegated;
      case 'backreference':
        return this.#consumeGroup(instruction.group);
    }
  }

  /** Continues at the last alternative. Returns false if there is none. */
  #backtrack(): boolean {
    for (
      let backtrack = this.#backtracks.pop();
      backtrack !== undefined;
      backtrack = this.#backtracks.pop()
    ) {
      if (backtrack.kind === 'retry') {
        this.#index = backtrack.index;
        this.#position = backtrack.position;
        return true;
      }
      this.#registers[backtrack.register] = backtrack.value;
    }
    return false;
  }

  #save(register: number, value: number): void {
    const previous = this.#registers[register] ?? -1;
    this.#backtracks.push({ kind: 'restore', register, value: previous });
    this.#registers[register] = value;
  }

  #look(program: Program): boolean {
    const registers = [...this.#registers];
    const isFound =
      new Matcher(program, this.#input, registers).match(this.#position) !== undefined;
    if (isFound) registers.forEach((value, register) => this.#save(register, value));
    return isFound;
  }

  #consumeCharacter(isMatch: (character: string) => boolean): boolean {
    const character = this.#program.isBackward ? this.#getPrevious() : this.#getNext();
    if (character === undefined || !isMatch(character)) return false;
    this.#move(character.length);
    return true;
  }

  #consumeGroup(group: number): boolean {
    const [start = -1, end = -1] = this.#registers.slice(group * 2);
    const expected = start === -1 ? '' : this.#input.text.slice(start, end);
    const from = this.#program.isBackward ? this.#position - expected.length : this.#position;
    if (!this.#input.text.startsWith(expected, from)) return false;
    this.#move(expected.length);
    return true;
  }

  #move(length: number): void {
    this.#position += this.#program.isBackward ? -length : length;
  }

  #getNext(): string | undefined {
    const { text, isUnicode } = this.#input;
    if (!isUnicode) return text[this.#position];
    const code = text.codePointAt(this.#position);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  #getPrevious(): string | undefined {
    const { text, isUnicode } = this.#input;
    const pair = text.slice(Math.max(0, this.#position - 2), this.#position);
    const isPair = isUnicode && (pair.codePointAt(0) ?? 0) > 0xff_ff;
    return isPair ? pair : text[this.#position - 1];
  }
}
