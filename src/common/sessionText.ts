/** A text that an earlier page of this tab has left; undefined where there is none, or no storage (a sandbox, a server). */
export function readSessionText(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Leaves a text for the next page of this tab, or takes it away. Where storage is full or forbidden, nothing is left. */
export function writeSessionText(name: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // What is in use is not lost with it: it lives as long as the page.
  }
}
