/** A callback that a test does not look at. */
export const noop = (): void => undefined;
