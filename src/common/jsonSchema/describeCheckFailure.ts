/** Describes why a value could not be checked against a schema, for the user. */
export function describeCheckFailure(error: unknown): string {
  // The engine reports the depth of its stack, which says nothing about the value.
  return error instanceof RangeError
    ? 'The value cannot be checked, because the value or its schema is nested too deeply.'
    : String(error);
}
