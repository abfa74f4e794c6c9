import type { Redactor } from '../../common/createRedactor.js';

/** Names of fields with errors. */
const ERROR_NAME = /^(?:last_)?errors?$|^status_details$|^detail$/i;
/** Matches the field of an error. In texts of messages, its quotation marks are escaped. */
const HAS_ERROR = /"(?:(?:last_)?errors?|status_details|detail)"\s*:\s*[[{"]/i;

/**
 * Returns JSON text without secrets. The secrets of the proxy are removed everywhere, and texts in the shape of a key
 * in errors: those of runs and of steps, and those of servers that respond with 200. Other text is returned unchanged.
 *
 * @param source.event Name of an event. The data of `error` is an error itself.
 */
export function redactErrors(
  { event, data: original }: { event?: string; data: string },
  redact: Redactor,
): string {
  const data = redact.removeSecrets(original);
  const isError = event === 'error';
  if (!isError && !HAS_ERROR.test(data)) return data;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return isError ? redact(data) : data;
  }
  const text = JSON.stringify(
    isError ? redactFields(value, redact) : value,
    (name, field: unknown) => (ERROR_NAME.test(name) ? redactFields(field, redact) : field),
  );
  // Text that only differs in spaces is returned as it was.
  return text === JSON.stringify(value) ? data : text;
}

/** Deeper values are removed, because no error of the API has them. */
const MAX_DEPTH = 32;

function redactFields(error: unknown, redact: Redactor, depth = 0): unknown {
  if (typeof error === 'string') return redact(error);
  if (typeof error !== 'object' || error === null) return error;
  if (depth > MAX_DEPTH) return '***';
  if (Array.isArray(error)) return error.map((item) => redactFields(item, redact, depth + 1));
  return Object.fromEntries(
    Object.entries(error).map(([name, value]) => [name, redactFields(value, redact, depth + 1)]),
  );
}
