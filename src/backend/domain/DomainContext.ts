import type { Store } from '../stores/Store.js';

/** Dependencies of functions that build and find domain objects. */
export interface DomainContext {
  store: Store;
  /** Returns the current time in milliseconds since 1970. */
  now: () => number;
  /** Returns a new id that starts with the prefix, as in `generateId('msg_')`. */
  generateId: (prefix: string) => string;
}
