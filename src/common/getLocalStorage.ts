/** Returns the localStorage of the browser. Undefined on a server, and where the browser denies access. */
export function getLocalStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Reading the property throws where the browser denies storage.
    return undefined;
  }
}
