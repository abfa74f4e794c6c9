/** Reason why a call has no result, for the model and for programs. */
export type ToolErrorCode =
  'failed' | 'timeout' | 'invalid_arguments' | 'invalid_output' | 'unknown_tool' | 'denied';

/** Error in place of a result. */
export interface ToolError {
  readonly code: ToolErrorCode;
  /** For the model and the user. For a denial, the reason of the user, which may be empty. */
  readonly message: string;
}

/** Maximum length of an output in UTF-16 units. The API limits messages to the same length. */
export const MAX_OUTPUT_LENGTH = 256_000;

/** Maximum length of an error message in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 2_000;

const ERROR_CODES = new Set<string>([
  'failed',
  'timeout',
  'invalid_arguments',
  'invalid_output',
  'unknown_tool',
  'denied',
] satisfies ToolErrorCode[]);

/**
 * Encodes a value as the output of a call: strings unchanged, other values as JSON, undefined as `null`. Encodes a BigInt as
 * the string of its digits and a circular reference as `"[circular]"`. Truncates longer outputs and appends a note.
 *
 * @param maxLength In UTF-16 units.
 * @throws TypeError for a function or a symbol, which JSON cannot represent
 * @throws the exception of a `toJSON` method
 */
export function encodeOutput(value: unknown, maxLength = MAX_OUTPUT_LENGTH): string {
  return limitLength(typeof value === 'string' ? value : toJson(value), maxLength);
}

/** Encodes an error as the output of a call: `{"error":{"code":"denied","message":"Not today."}}`. */
export function encodeErrorOutput({ code, message }: ToolError): string {
  return JSON.stringify({ error: { code, message: limitLength(message, MAX_MESSAGE_LENGTH) } });
}

/** Decodes an output of `encodeErrorOutput`. Returns undefined for any other output. */
export function readErrorOutput(output: string): ToolError | undefined {
  if (!output.startsWith('{"error":{"code":')) return undefined;
  try {
    // The prefix shows that it is an object with a member `error`, which is an object.
    const { error } = JSON.parse(output) as { error: Readonly<Record<string, unknown>> };
    return isToolError(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

function isToolError(
  error: Readonly<Record<string, unknown>>,
): error is Readonly<Record<string, unknown>> & ToolError {
  const { code, message } = error;
  return typeof code === 'string' && ERROR_CODES.has(code) && typeof message === 'string';
}

function toJson(value: unknown): string {
  const ancestors: unknown[] = [];
  // JSON.stringify returns undefined for functions and symbols, which its type does not say.
  const json = JSON.stringify(value ?? null, function replace(this: unknown, _key, entry: unknown) {
    if (typeof entry === 'bigint') return String(entry);
    if (typeof entry !== 'object' || entry === null) return entry;
    // `this` is the object that contains the entry. Objects below it on the stack have been left.
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(entry)) return '[circular]';
    ancestors.push(entry);
    return entry;
  }) as string | undefined;
  if (json === undefined)
    throw new TypeError(`The result is a ${typeof value}, which JSON cannot represent.`);
  return json;
}

function limitLength(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Does not end with half of a surrogate pair.
  const shown = text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '');
  const rest = text.length - shown.length;
  return `${shown}\n[truncated: ${rest} of ${text.length} characters left out]`;
}
