import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Instruction of a backtracking matcher. Targets are indexes of instructions. */
export type Instruction =
  /** Consumes a character. */
  | { op: 'character'; isMatch: (character: string) => boolean }
  /** Continues at `first`, and if that fails at `second`. */
  | Split
  | { op: 'jump'; target: number }
  /** Stores the position. Registers 2n and 2n + 1 contain the start and the end of group n. */
  | { op: 'save'; register: number }
  | { op: 'assert'; isTrue: (text: string, position: number) => boolean }
  | { op: 'look'; program: Program; isNegated: boolean }
  | { op: 'backreference'; group: number };

interface Split {
  op: 'split';
  first: number;
  second: number;
}

export interface Program {
  instructions: readonly Instruction[];
  /** Reads the text from right to left, like a lookbehind. */
  isBackward: boolean;
}

export interface CompiledRegExp {
  program: Program;
  /** Number of groups, including the whole match. */
  groupCount: number;
  /** Matches only at the start of the text. */
  isAnchored: boolean;
}

/** Compiles a regular expression for `matchRegExp`. */
export function compileRegExp(regExp: RegExp): CompiledRegExp {
  if (/[mv]/.test(regExp.flags)) throw new Error(`Unsupported flags: ${regExp.flags}`);
  const { pattern } = new RegExpParser().parseLiteral(regExp.toString());
  const groups: AST.CapturingGroup[] = [];
  const program = new Compiler(regExp, groups, false).compile(pattern.alternatives);
  const isAnchored = pattern.alternatives.every(
    ({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start',
  );
  return { program, groupCount: groups.length + 1, isAnchored };
}

class Compiler {
  readonly #regExp: RegExp;
  /** Groups in the order of the pattern, filled while it is compiled. */
  readonly #groups: AST.CapturingGroup[];
  readonly #isBackward: boolean;
  readonly #instructions: Instruction[] = [];

  constructor(regExp: RegExp, groups: AST.CapturingGroup[], isBackward: boolean) {
    this.#regExp = regExp;
    this.#groups = groups;
    this.#isBackward = isBackward;
  }

  compile(alternatives: readonly AST.Alternative[]): Program {
    this.#addAlternatives(alternatives);
    return { instructions: this.#instructions, isBackward: this.#isBackward };
  }

  #addAlternatives([first, ...others]: readonly AST.Alternative[]): void {
    if (first === undefined) return;
    if (others.length === 0) return this.#addElements(first.elements);
    const split = this.#addSplit();
    this.#addElements(first.elements);
    const jump = { op: 'jump' as const, target: 0 };
    this.#instructions.push(jump);
    split.second = this.#instructions.length;
    this.#addAlternatives(others);
    jump.target = this.#instructions.length;
  }

  #addElements(elements: readonly AST.Element[]): void {
    for (const element of this.#isBackward ? elements.toReversed() : elements)
      this.#addElement(element);
  }

  #addElement(element: AST.Element): void {
    switch (element.type) {
      case 'Group':
        return this.#addAlternatives(element.alternatives);
      case 'CapturingGroup':
        return this.#addCapturingGroup(element);
      case 'Quantifier':
        return this.#addQuantifier(element);
      case 'Assertion':
        return this.#addAssertion(element);
      case 'Backreference': {
        const group = this.#groups.findIndex((each) => each === element.resolved) + 1;
        this.#instructions.push({ op: 'backreference', group });
        return;
      }
      default: {
        const isMatch = createCharacterTest(element.raw, this.#regExp.flags);
        this.#instructions.push({ op: 'character', isMatch });
      }
    }
  }

  #addCapturingGroup(group: AST.CapturingGroup): void {
    // A quantifier compiles its element more than once.
    if (!this.#groups.includes(group)) this.#groups.push(group);
    const register = (this.#groups.indexOf(group) + 1) * 2;
    const [entry, exit] = this.#isBackward ? [register + 1, register] : [register, register + 1];
    this.#instructions.push({ op: 'save', register: entry });
    this.#addAlternatives(group.alternatives);
    this.#instructions.push({ op: 'save', register: exit });
  }

  #addQuantifier({ element, min, max, greedy }: AST.Quantifier): void {
    if (!greedy) throw new Error('Lazy quantifiers are not supported');
    for (let count = 0; count < min; count += 1) this.#addElement(element);
    if (max === Infinity) {
      const start = this.#instructions.length;
      const split = this.#addSplit();
      this.#addElement(element);
      this.#instructions.push({ op: 'jump', target: start });
      split.second = this.#instructions.length;
      return;
    }
    const splits = Array.from({ length: max - min }, () => {
      const split = this.#addSplit();
      this.#addElement(element);
      return split;
    });
    for (const split of splits) split.second = this.#instructions.length;
  }

  #addSplit(): Split {
    const split: Split = { op: 'split', first: this.#instructions.length + 1, second: 0 };
    this.#instructions.push(split);
    return split;
  }

  #addAssertion(assertion: AST.Assertion): void {
    if (assertion.kind === 'lookahead' || assertion.kind === 'lookbehind') {
      const isBackward = assertion.kind === 'lookbehind';
      const compiler = new Compiler(this.#regExp, this.#groups, isBackward);
      const program = compiler.compile(assertion.alternatives);
      this.#instructions.push({ op: 'look', program, isNegated: assertion.negate });
      return;
    }
    this.#instructions.push({ op: 'assert', isTrue: createAssertion(assertion) });
  }
}

function createAssertion(
  assertion: AST.EdgeAssertion | AST.WordBoundaryAssertion,
): (text: string, position: number) => boolean {
  switch (assertion.kind) {
    case 'start':
      return (_, position) => position === 0;
    case 'end':
      return (text, position) => position === text.length;
    case 'word':
      return (text, position) => {
        const isBoundary = isWord(text[position - 1]) !== isWord(text[position]);
        return isBoundary !== assertion.negate;
      };
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

/** Tests each character once, with the native engine. */
function createCharacterTest(raw: string, flags: string): (character: string) => boolean {
  const regExp = new RegExp(`^(?:${raw})$`, flags.replace(/[gy]/g, ''));
  const known = new Map<string, boolean>();
  return (character) => {
    const isMatch = known.get(character) ?? regExp.test(character);
    known.set(character, isMatch);
    return isMatch;
  };
}
