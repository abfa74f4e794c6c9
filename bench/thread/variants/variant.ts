import type { Message } from 'assistants-react/client';

/** One way to show a thread. */
export interface Variant {
  /** What may be prepared before the thread is opened, such as a cache. Returns how to open it. */
  prepare: (messages: readonly Message[]) => (root: HTMLElement) => OpenThread;
}

/** A thread in the page. */
export interface OpenThread {
  /** An answer begins. */
  begin: () => Promise<void>;
  /** Tokens of it have arrived. */
  push: (tokens: readonly string[]) => void;
  /** The answer is whole. */
  end: () => Promise<void>;
  /** The element that scrolls. */
  scroller: () => HTMLElement;
  /** Selects the rows. */
  rows: string;
  close: () => void;
}
