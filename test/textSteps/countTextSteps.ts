import { matchRegExp } from './matchRegExp.js';

/** Returns the number of characters or items that a call visits. */
type GetCost = (receiver: { length: number }, args: readonly unknown[], result: unknown) => number;

const all: GetCost = ({ length }) => length;
const argument: GetCost = (_, [search]) => String(search).length;
const removed: GetCost = ({ length }, _, result) => length - String(result).length;
const searched: GetCost = ({ length }, [, from], result) =>
  (Number(result) >= 0 ? Number(result) : length) - Number(from ?? 0);

/** Methods of strings that visit characters. Slices are not listed, because engines create views instead of copies. */
const STRING_COSTS: Readonly<Record<string, GetCost>> = {
  endsWith: argument,
  includes: all,
  indexOf: searched,
  lastIndexOf: all,
  repeat: (_receiver, _args, result) => String(result).length,
  replaceAll: all,
  split: all,
  startsWith: argument,
  toLowerCase: all,
  toUpperCase: all,
  trim: removed,
  trimEnd: removed,
  trimStart: removed,
};

/** Methods of arrays that visit or move items. */
const ARRAY_COSTS: Readonly<Record<string, GetCost>> = {
  find: all,
  findIndex: all,
  findLast: all,
  findLastIndex: all,
  includes: all,
  indexOf: all,
  shift: all,
  splice: ({ length }, [start]) => length - Number(start),
};

let steps = 0;
let isCounting = false;

/**
 * Runs a synchronous function and counts the work that it does on text: characters that methods of strings visit, items that
 * methods of arrays visit or move, and steps of regular expressions, which an interpreter runs meanwhile. The counts are the same
 * on every machine, so tests can check that a function takes linear time.
 */
export function countTextSteps<Result>(run: () => Result): { result: Result; steps: number } {
  const restores = [
    ...Object.entries(STRING_COSTS).map(([name, cost]) => addCost(String.prototype, name, cost)),
    ...Object.entries(ARRAY_COSTS).map(([name, cost]) => addCost(Array.prototype, name, cost)),
    replaceMethod(RegExp.prototype, 'exec', (native) => {
      return function exec(this: unknown, text: unknown) {
        if (!isCounting || !(this instanceof RegExp)) return Reflect.apply(native, this, [text]);
        return withoutCounting(() => execByInterpreter(this, String(text)));
      };
    }),
  ];
  steps = 0;
  isCounting = true;
  try {
    const result = run();
    return { result, steps };
  } finally {
    isCounting = false;
    for (const restore of restores) restore();
  }
}

type Method = (...args: unknown[]) => unknown;

/** Replaces a method of a built-in prototype. Returns a function that restores it. */
function replaceMethod(
  prototype: object,
  name: string,
  wrap: (native: Method) => Method,
): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (typeof descriptor?.value !== 'function') throw new Error(`No method ${name}`);
  Object.defineProperty(prototype, name, { ...descriptor, value: wrap(descriptor.value) });
  return () => Object.defineProperty(prototype, name, descriptor);
}

function addCost(prototype: object, name: string, getCost: GetCost): () => void {
  return replaceMethod(prototype, name, (native) => {
    return function countedMethod(this: { length: number }, ...args) {
      if (!isCounting) return Reflect.apply(native, this, args);
      const { length } = this;
      const result = Reflect.apply(native, this, args);
      withoutCounting(() => {
        steps += 1 + Math.max(0, getCost({ length }, args, result));
      });
      return result;
    };
  });
}

function withoutCounting<Result>(run: () => Result): Result {
  isCounting = false;
  try {
    return run();
  } finally {
    isCounting = true;
  }
}

/** `RegExp.prototype.exec`, which `test`, `match`, `matchAll`, `replace` and `split` call too. */
function execByInterpreter(regExp: RegExp, text: string): RegExpExecArray | null {
  const registers = matchRegExp(regExp, text, () => {
    steps += 1;
  });
  const hasLastIndex = regExp.global || regExp.sticky;
  if (hasLastIndex) regExp.lastIndex = registers?.[1] ?? 0;
  if (registers === undefined) return null;
  const groups = Array.from({ length: registers.length / 2 }, (_, group) => {
    const [start = -1, end = -1] = registers.slice(group * 2);
    return start === -1 ? undefined : text.slice(start, end);
  });
  const match = { index: registers[0] ?? 0, input: text, groups: undefined };
  // Named groups are not supported. Unmatched groups are undefined, although their type is string.
  return Object.assign(groups, match) as unknown as RegExpExecArray;
}
