/** Reads what `store` has stored, as JSON. Undefined without it, and if the browser offers no storage. */
export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON. Does nothing if the browser offers no storage: the page forgets the value then. */
export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The quota is used up, or the user has blocked storage.
  }
}
