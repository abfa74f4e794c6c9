/** Converts milliseconds since 1970 to the unit of the API: whole seconds, rounded down. */
export function toUnixSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1_000);
}
