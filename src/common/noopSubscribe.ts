/** `subscribe` of a store that never changes. */
export const noopSubscribe = () => () => undefined;
