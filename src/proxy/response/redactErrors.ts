import type { Redactor } from '../../common/createRedactor.js';
import { isRecord } from '../../common/isRecord.js';

/** Matches the field of an error. In texts of messages, its quotation marks are escaped. */
const HAS_ERROR = /"(?:last_)?error"\s*:\s*[{"]/;

/**
 * Returns JSON text without secrets in its errors: those of runs and of steps, and those of servers that respond with 200. Text
 * without errors is returned unchanged.
 *
 * @param source.event Name of an event. The data of `error` is an error itself.
 */
export function redactErrors(
  { event, data }: { event?: string; data: string },
  redact: Redactor,
): string {
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
    (name, field: unknown) =>
      name === 'error' || name === 'last_error' ? redactFields(field, redact) : field,
  );
  // Text that only differs in spaces is returned as it was.
  return text === JSON.stringify(value) ? data : text;
}

function redactFields(error: unknown, redact: Redactor): unknown {
  if (typeof error === 'string') return redact(error);
  if (!isRecord(error)) return error;
  const entries = Object.entries(error).map(([name, value]) => [
    name,
    typeof value === 'string' ? redact(value) : value,
  ]);
  return Object.fromEntries(entries);
}
