/** Why a call has no result, for the model and for programs. */
export type ToolErrorCode =
  'failed' | 'timeout' | 'invalid_arguments' | 'invalid_output' | 'unknown_tool' | 'denied';

/** A call without a result. */
export interface ToolError {
  code: ToolErrorCode;
  /** For the model and the person; for a denial the person's reason, which may be empty. */
  message: string;
}

/** How long an output may be, in UTF-16 units: as long as a message. */
export const MAX_OUTPUT_LENGTH = 256_000;

const CODES = new Set<string>([
  'failed',
  'timeout',
  'invalid_arguments',
  'invalid_output',
  'unknown_tool',
  'denied',
] satisfies ToolErrorCode[]);

/**
 * A value as the output of a call: a string as it is, all else as JSON, nothing (undefined) as `null`. Inside, a BigInt
 * becomes its digits as a string, and what holds itself `"[circular]"`. An output over the limit is cut, and says so at
 * its end.
 * @throws TypeError for what JSON does not have, a function or a symbol, and whatever a `toJSON` throws
 */
export function encodeOutput(value: unknown, maxLength = MAX_OUTPUT_LENGTH): string {
  return cap(typeof value === 'string' ? value : toJson(value), maxLength);
}

/** An error or a denial as the output of a call: `{"error":{"code":"denied","message":"Not today."}}`. */
export function errorOutput({ code, message }: ToolError): string {
  return JSON.stringify({ error: { code, message: cap(message, 2_000) } });
}

/** What `errorOutput` wrote; undefined for every other output. */
export function readErrorOutput(output: string): ToolError | undefined {
  if (!output.startsWith('{"error":{"code":')) return undefined;
  try {
    const { error } = JSON.parse(output) as { error: Partial<ToolError> };
    return CODES.has(error.code ?? '') && typeof error.message === 'string'
      ? (error as ToolError)
      : undefined;
  } catch {
    return undefined;
  }
}

function toJson(value: unknown): string {
  const ancestors: unknown[] = [];
  const json = JSON.stringify(value ?? null, function replace(this: unknown, _key, entry: unknown) {
    if (typeof entry === 'bigint') return String(entry);
    if (typeof entry !== 'object' || entry === null) return entry;
    // `this` holds the entry: whatever lies deeper than it has been left.
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(entry)) return '[circular]';
    ancestors.push(entry);
    return entry;
  }) as string | undefined;
  if (json === undefined)
    throw new TypeError(`The result is a ${typeof value}, which JSON does not have.`);
  return json;
}

function cap(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Half a surrogate pair is no text.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
  return `${text.slice(0, end)}\n[truncated: ${text.length - end} of ${text.length} characters left out]`;
}
