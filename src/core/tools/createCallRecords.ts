import type { ToolDraft } from './toolCall.js';

/** What is kept of a call that waits, for other tabs and for after a reload. */
export interface CallRecord {
  /** When it was written last, in milliseconds since 1970. */
  at: number;
  /** What a person has begun to write. */
  draft?: ToolDraft | undefined;
  /** The page that has begun to run it. */
  startedBy?: string | undefined;
  /** Its output, as it goes on the wire. */
  output?: string | undefined;
  /** The run no longer waits for it, whatever a page may still show. */
  isClosed?: boolean;
}

/** Keeps records of calls, and sees to it that one page alone runs a call. */
export interface CallRecords {
  read: (key: string) => CallRecord | undefined;
  write: (key: string, change: Omit<CallRecord, 'at'>) => void;
  /** Drops what is known of a call but that it is over. */
  close: (key: string) => void;
  /** Told when another tab writes. Returns how to stop being told. */
  watch: (listener: () => void) => () => void;
  /**
   * Holds a call for this page, until it is released or the page goes. Undefined when another page has it; `wait` waits for
   * that one to let go. Rejects with the signal.
   */
  hold: (key: string, options: HoldOptions) => Promise<Hold | undefined>;
}

interface HoldOptions {
  signal: AbortSignal;
  wait: boolean;
  /** How long another page's claim counts where there are no locks. */
  staleMs: number;
}

/** A call that this page alone may run. */
export interface Hold {
  /** What was known of the call before: where somebody began it and left no output, nobody knows how far it got. */
  before: CallRecord | undefined;
  release: () => void;
}

/** What a browser shares between its tabs; every one of them may be missing. */
export interface CallRecordsEnvironment {
  storage?: Storage | undefined;
  locks?: LockManager | undefined;
  /** Names this page. @default random */
  page?: string;
}

const PREFIX = 'assistants-react:call:';
const MAX_RECORDS = 50;
const MAX_RECORD_LENGTH = 64_000;
const MAX_AGE_MS = 24 * 60 * 60 * 1_000;
const SETTLE_MS = 50;

/**
 * Records in localStorage, at most 50 of 64,000 characters, for a day; without storage they last as long as the page. A
 * call is held by a Web Lock; where there are none (a page that came without TLS), by a claim in its record.
 */
export function createCallRecords({
  storage,
  locks,
  page = Math.random().toString(36).slice(2),
}: CallRecordsEnvironment): CallRecords {
  /** What the storage did not take. */
  const memory = new Map<string, CallRecord>();

  const read = (key: string): CallRecord | undefined => {
    const kept = memory.get(key);
    if (kept) return kept;
    try {
      const record = JSON.parse(storage?.getItem(PREFIX + key) ?? 'null') as unknown;
      if (typeof record === 'object' && record !== null && 'at' in record)
        return record as CallRecord;
    } catch {
      // Blocked, or written by somebody else.
    }
    return undefined;
  };

  const write: CallRecords['write'] = (key, change) => {
    const record = { ...read(key), ...change, at: Date.now() };
    memory.set(key, record);
    try {
      const text = JSON.stringify(record);
      if (text.length > MAX_RECORD_LENGTH || !storage) return;
      storage.setItem(PREFIX + key, text);
      memory.delete(key);
      prune(storage);
    } catch {
      // Full or blocked: then it lasts as long as the page.
    }
  };

  const take = (key: string, release: () => void): Hold => {
    const before = read(key);
    write(key, { startedBy: page });
    return { before, release };
  };

  const claim = async (
    key: string,
    { signal, wait, staleMs }: HoldOptions,
  ): Promise<Hold | undefined> => {
    for (;;) {
      signal.throwIfAborted();
      const { startedBy, at, output } = read(key) ?? { at: 0 };
      const isFree =
        startedBy === undefined ||
        startedBy === page ||
        output !== undefined ||
        Date.now() - at > staleMs;
      if (isFree) {
        const hold = take(key, () => write(key, { startedBy: undefined }));
        // Another tab may write at the same moment; the last word is the same for both.
        if (storage) await delay(SETTLE_MS);
        if (read(key)?.startedBy === page) return hold;
      }
      if (!wait) return undefined;
      await delay(1_000);
    }
  };

  return {
    read,
    write,
    close: (key) =>
      write(key, { draft: undefined, startedBy: undefined, output: undefined, isClosed: true }),
    watch(listener) {
      const onStorage = ({ key }: StorageEvent) => key?.startsWith(PREFIX) && listener();
      globalThis.addEventListener?.('storage', onStorage);
      return () => globalThis.removeEventListener?.('storage', onStorage);
    },
    hold: (key, options) => {
      if (!locks) return claim(key, options);
      const { signal, wait } = options;
      return new Promise((resolve, reject) => {
        locks
          .request(PREFIX + key, wait ? { signal } : { ifAvailable: true }, (lock) => {
            if (lock) return new Promise<void>((release) => resolve(take(key, release)));
            resolve(undefined);
            return undefined;
          })
          .catch(reject);
      });
    },
  };
}

/** Drops what is older than a day, and the oldest where there are too many. */
function prune(storage: Storage): void {
  const keys = Array.from(
    { length: storage.length },
    (_, index) => storage.key(index) ?? '',
  ).filter((key) => key.startsWith(PREFIX));
  const aged = keys.map((key) => ({
    key,
    at: Number(/"at":(\d+)/.exec(storage.getItem(key) ?? '')?.[1] ?? 0),
  }));
  aged.sort((one, other) => other.at - one.at);
  aged.forEach(({ key, at }, index) => {
    if (index >= MAX_RECORDS || Date.now() - at > MAX_AGE_MS) storage.removeItem(key);
  });
}

function delay(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** A short number for a text, to tell apart calls that a server gave one id. */
export function hashText(text: string): string {
  let sum = 5381;
  for (let index = 0; index < text.length; index++)
    sum = (Math.imul(sum, 33) + text.charCodeAt(index)) | 0;
  return (sum >>> 0).toString(36);
}
