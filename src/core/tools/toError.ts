/** Returns an Error unchanged, and converts any other thrown value to one. Never throws. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  try {
    return new Error(String(thrown));
  } catch {
    return new Error('The tool threw a value that does not convert to a string.');
  }
}
