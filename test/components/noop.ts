/** Callback that does nothing, for tests that ignore it. */
export const noop = (): void => undefined;
