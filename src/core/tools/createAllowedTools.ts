/** Tools whose calls the user has allowed once and for all, by assistant. */
export interface AllowedTools {
  /** Returns the names of the tools, the same array until they change. */
  list: (assistantId: string) => readonly string[];
  allow: (assistantId: string, toolName: string) => void;
  /** Asks again before each call of the tool. */
  revoke: (assistantId: string, toolName: string) => void;
  /** Calls the listener after each change, also after one of another tab. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
}

/** Allowed tools of the assistant of a run. */
export interface AssistantTools {
  /** Returns the names of the tools. Undefined if the run has no assistant. */
  list: () => readonly string[] | undefined;
  allow: (toolName: string) => void;
}

const PREFIX = 'assistants-react:allowed:';
const NONE: readonly string[] = [];

/**
 * Stores the allowed tools in localStorage. Without storage, they last as long as the page.
 *
 * @param storage Undefined if the browser denies access to it.
 * @param scope Distinguishes servers and users that share a browser.
 */
export function createAllowedTools(storage: Storage | undefined, scope: string): AllowedTools {
  const listeners = new Set<() => void>();
  /** Lists that are not in the storage, by assistant. */
  const memory = new Map<string, string>();
  const parsed = new Map<string, { text: string; names: readonly string[] }>();
  const prefix = `${PREFIX}${scope}:`;

  const list: AllowedTools['list'] = (assistantId) => {
    const text = memory.get(assistantId) ?? readItem(storage, prefix + assistantId) ?? '';
    const known = parsed.get(assistantId);
    if (known?.text === text) return known.names;
    const names = parseNames(text);
    parsed.set(assistantId, { text, names });
    return names;
  };

  function write(assistantId: string, names: readonly string[]): void {
    const text = JSON.stringify(names);
    try {
      if (!storage) throw new Error('The browser denies access to its storage.');
      storage.setItem(prefix + assistantId, text);
      memory.delete(assistantId);
    } catch {
      memory.set(assistantId, text);
    }
    for (const listener of listeners) listener();
  }

  return {
    list,
    allow: (assistantId, toolName) =>
      write(assistantId, [...list(assistantId).filter((name) => name !== toolName), toolName]),
    revoke: (assistantId, toolName) =>
      write(
        assistantId,
        list(assistantId).filter((name) => name !== toolName),
      ),
    subscribe(listener) {
      const onStorage = ({ key }: StorageEvent): void => {
        // The key is null if the whole storage was cleared.
        if (key === null || key.startsWith(prefix)) listener();
      };
      listeners.add(listener);
      globalThis.addEventListener?.('storage', onStorage);
      return () => {
        listeners.delete(listener);
        globalThis.removeEventListener?.('storage', onStorage);
      };
    },
  };
}

/** Returns the allowed tools of the assistant of a run. */
export function selectAssistantTools(
  allowedTools: AllowedTools,
  getRun: () => { assistant_id: string | null } | undefined,
): AssistantTools {
  return {
    list() {
      const assistantId = getRun()?.assistant_id;
      return assistantId ? allowedTools.list(assistantId) : undefined;
    },
    allow(toolName) {
      const assistantId = getRun()?.assistant_id;
      if (assistantId) allowedTools.allow(assistantId, toolName);
    },
  };
}

function readItem(storage: Storage | undefined, name: string): string | null | undefined {
  try {
    return storage?.getItem(name);
  } catch {
    // The browser denies access.
    return undefined;
  }
}

/** Parses stored names. Returns none if other code has written the entry. */
function parseNames(text: string): readonly string[] {
  if (text === '') return NONE;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : NONE;
  } catch {
    return NONE;
  }
}
