import type { Message } from 'assistants-react/client';

/** One way to render a thread. */
export interface Variant {
  /** Prepares what an app would have before the thread is opened, such as a cache. Returns a function that opens it. */
  prepare: (messages: readonly Message[]) => (root: HTMLElement) => OpenThread;
}

/** A rendered thread. */
export interface OpenThread {
  /** Starts an answer. */
  begin: () => Promise<void>;
  /** Appends tokens to the answer. */
  push: (tokens: readonly string[]) => void;
  /** Completes the answer. */
  end: () => Promise<void>;
  /** Returns the scrolling element. */
  scroller: () => HTMLElement;
  /** CSS selector of the rows. */
  rows: string;
  close: () => void;
}
