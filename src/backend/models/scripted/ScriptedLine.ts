import type { ModelError, ModelEvent } from '../Model.js';

/**
 * Line of a script: one action of a scripted model. A string is written as text. Lines are played in order. Consecutive calls
 * are made in parallel.
 */
export type ScriptedLine =
  | string
  /** Reasons before what follows. */
  | { think: string }
  /** Calls a function. `with` is written as JSON; a string is written unchanged, even if it is malformed. */
  | { call: string; with?: unknown; id?: string }
  /** Searches the files of the run. As the last line, it leads to the answer `after`, which receives the passages. */
  | { search: string }
  /** Cites a file, or an attachment of an earlier line by its name. Writes a mark such as `【4:0†notes.txt】` and annotates it. */
  | { cite: { id: string; filename: string } | string; quote?: string }
  /** Creates a file to download. Writes a link, labeled `label` or the file name, and annotates its path. */
  | { attach: string; content: string | Uint8Array; label?: string }
  /** Shows the stored image with this file id. */
  | { image: string }
  /** Refuses to answer. */
  | { refuse: string }
  /** Starts a new message. */
  | { next: 'message' }
  /** Waits for this number of milliseconds. */
  | { pauseMs: number }
  /** Waits until the promise resolves, so that a test can hold a run at a given point. */
  | { hold: Promise<unknown> }
  /** Waits until the run is cancelled or expires. */
  | { stall: true }
  /** Ends the answer for this reason. */
  | { cut: 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter' }
  /** Fails the run. */
  | { fail: ModelError['code']; message?: string }
  /** Reports these tokens instead of an estimate. */
  | { usage: { promptTokens: number; completionTokens: number } }
  /** Emits a model event. Its text does not shift the positions of later annotations. */
  | { event: ModelEvent };

/** Script of an answer: one line or several. */
export type ScriptedLines = ScriptedLine | readonly ScriptedLine[];
