import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams } from '../../client/operations.js';
import type { Message, Run, RunStep, Thread, ToolCallAnswer } from '../../protocol/types.js';
import type { RunState } from './RunState.js';

/** Run to follow: an existing one, or one that is created first. */
export type RunTarget =
  | { threadId: string; runId: string }
  | { createRun: OperationParams<'createRun'> }
  | { createThreadAndRun: OperationParams<'createThreadAndRun'> };

/** Receives whole objects from a followed run. */
export interface RunSink {
  /** Called with the thread that `createThreadAndRun` created. */
  thread?: (thread: Thread) => void;
  /** Called for every change of the run, after the messages and steps that came with it. */
  run?: (run: Run) => void;
  /** Called when a message begins and when its status changes, not while its text grows. */
  message?: (message: Message) => void;
  /** Called when a step begins and when its status changes. */
  step?: (step: RunStep) => void;
}

/** Options for `followRun`. */
export interface FollowRunOptions {
  /**
   * 'auto' streams, and polls if the server cannot stream or the stream breaks. 'sse' only streams, and fails instead of
   * polling. 'poll' only polls.
   *
   * @default 'auto'
   */
  transport?: 'auto' | 'sse' | 'poll';
  /** Receives whole objects, for example to write them to a cache. */
  sink?: RunSink;
  /** Identifies the creation of the run, so that it can be repeated safely. @default a random key */
  idempotencyKey?: string;
  /** Id of the newest run before this one. If the response to the creation is lost, that run is not mistaken for the new one. */
  previousRunId?: string | undefined;
  /** Silence in milliseconds after which a stream counts as broken. @default 60_000 */
  idleTimeoutMs?: number;
  /** Returns the time in milliseconds since 1970. @default Date.now */
  now?: () => number;
}

/** State of a followed run. Immutable: each change creates a new object. */
export interface FollowedRunState extends RunState {
  /**
   * - 'connecting': no response yet.
   * - 'streaming': reading an event stream.
   * - 'polling': the run is active and is polled.
   * - 'waiting': the run requires tool outputs. It is polled, because another tab can submit them.
   * - 'settled': the run has reached a terminal status.
   * - 'failed': the run cannot be followed any longer, see `error`. It may still be active on the server.
   * - 'detached': `detach` was called.
   */
  phase: 'connecting' | 'streaming' | 'polling' | 'waiting' | 'settled' | 'failed' | 'detached';
  /** Reason of the phase 'failed'. Before, the failure of the last request or stream, until the server responds again. */
  error: AssistantsError | undefined;
  /** Failure of the last `stop`, until the next one or the end of the run. */
  stopError?: AssistantsError | undefined;
}

/** A run that is followed until it settles or `detach` is called. */
export interface FollowedRun {
  getState: () => FollowedRunState;
  /** Calls the listener after changes, at most once per frame. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /**
   * Submits the answers to all calls of the required action at once: outputs, and approvals of calls that a server runs.
   * Resolves when the server has accepted them. Source: submitToolOutputsToRun.
   *
   * @throws AssistantsError of kind 'run' if the run does not require outputs, of kind 'tool' if outputs are queued already,
   * and otherwise of the kind of the failed request.
   */
  submit: (answers: ToolCallAnswer[]) => Promise<void>;
  /**
   * Cancels the run on the server and continues to follow it until it settles. On a server that cannot cancel runs, stops
   * following it with an error of kind 'unsupported'. Source: cancelRun.
   */
  stop: () => Promise<void>;
  /** Stops following. The run continues on the server. */
  detach: () => void;
  /** True if the run existed before, false if `followRun` created it. */
  readonly isAdopted: boolean;
  /**
   * Resolves with the settled run, however it ended.
   *
   * @throws AssistantsError if the run cannot be followed any longer; of kind 'aborted' after `detach`.
   */
  readonly settled: Promise<Run>;
}
