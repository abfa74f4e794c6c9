/** Subscribes to what never changes. */
export const noopSubscribe = () => () => undefined;
