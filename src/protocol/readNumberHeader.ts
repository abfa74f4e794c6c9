/**
 * Returns the value of a header as a number, such as `12.5`; undefined if it is missing or not a plain decimal number.
 */
export function readNumberHeader(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
