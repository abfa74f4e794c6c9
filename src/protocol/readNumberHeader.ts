/** The number that a header holds, such as `12.5`; undefined where it is missing or anything else. */
export function readNumberHeader(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
