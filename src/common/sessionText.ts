/**
 * Reads a text from sessionStorage. Returns undefined if it is missing or storage is not available (sandbox, server).
 */
export function readSessionText(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a text to sessionStorage, or removes it if `text` is undefined. Does nothing if storage is full or not
 * available.
 */
export function writeSessionText(name: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // Stored texts only restore state after a reload. The page itself keeps its state in memory.
  }
}
