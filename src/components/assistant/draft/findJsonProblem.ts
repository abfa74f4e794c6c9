import { printParseErrorCode, visit } from 'jsonc-parser';
import { measureJson } from '../../../common/measureJson.js';

/** Kind of a mistake in a JSON text, and the line where it is, counted from 1. */
export interface JsonProblem {
  kind: 'comment' | 'comma' | 'quotes' | 'unclosed' | 'deep' | 'other';
  line: number;
}

/** Deeper values take too long to indent, and servers refuse them. */
const MAX_DEPTH = 100;

/** Returns the first mistake in a JSON text. Undefined for valid JSON. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  if (measureJson(text, { depth: MAX_DEPTH, values: Infinity }) !== undefined)
    return { kind: 'deep', line: 1 };
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return locateProblem(text);
  }
}

function locateProblem(text: string): JsonProblem {
  let problem: JsonProblem | undefined;
  const onError = (code: number, offset: number): void => {
    problem ??= toProblem(text, printParseErrorCode(code), offset);
  };
  visit(text, { onError }, { disallowComments: true });
  return problem ?? { kind: 'other', line: countLines(text) };
}

function toProblem(text: string, code: string, offset: number): JsonProblem {
  const line = countLines(text.slice(0, offset));
  if (code === 'InvalidCommentToken') return { kind: 'comment', line };
  const content = text.trimEnd();
  if (offset >= content.length) return { kind: 'unclosed', line: countLines(content) };
  const before = text.slice(0, offset).trimEnd();
  if (/[}\]]/.test(text.charAt(offset)) && before.endsWith(','))
    return { kind: 'comma', line: countLines(before) };
  if (code === 'UnexpectedEndOfString') return { kind: 'unclosed', line };
  const isUnquoted = code === 'InvalidSymbol' || code === 'PropertyNameExpected';
  return { kind: isUnquoted ? 'quotes' : 'other', line };
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}
