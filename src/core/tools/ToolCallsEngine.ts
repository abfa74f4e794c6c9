import type { AssistantsError } from '../../client/AssistantsError.js';
import type { ToolCallActions, ToolCalls, ToolCallsState } from '../../protocol/ToolCall.js';
import type { Run, RunStep, ToolCallAnswer } from '../../protocol/types.js';
import type { FunctionTool } from './FunctionTool.js';

/** Options of the handling of function calls. */
export interface ToolCallsOptions {
  /**
   * Time of the submit:
   * - 'complete': as soon as every call has an output.
   * - 'manual': when `submit` is called.
   * - 'review': like 'complete', but when `submit` is called if the user may want to review the outputs first: if one of
   *   several outputs is from the user, or if a call that the user approved has failed and can be retried.
   *
   * @default 'review'
   */
  submit?: 'review' | 'complete' | 'manual' | undefined;
  /** Handling of calls without a tool: 'ask' the user for the output, or 'report' the error to the model. @default 'ask' */
  unknownTool?: 'ask' | 'report' | undefined;
  /**
   * Lets the user allow all calls of a function that a server runs, such as an MCP server.
   *
   * @default true
   */
  canAlwaysAllowServers?: boolean | undefined;
  /** Maximum number of handlers that run at the same time. @default Infinity */
  concurrency?: number | undefined;
}

/** Options and tools. */
export interface ToolCallsSettings extends ToolCallsOptions {
  tools: readonly FunctionTool[];
}

/** A run whose calls are handled, such as a `FollowedRun`. */
export interface ToolCallsSource {
  getState: () => { readonly run: Run | undefined; readonly steps: readonly RunStep[] };
  subscribe: (listener: () => void) => () => void;
  /** Submits the answers to all pending calls. Resolves when the server has accepted them. */
  submit: (answers: ToolCallAnswer[]) => Promise<void>;
  /** True if this page did not create the run. Calls that are pending in its first snapshot may have run before. */
  readonly isAdopted: boolean;
  /** True for a source that is used only without another one, because it receives less data, and later. */
  readonly isPolled?: boolean;
}

/** State with the error of this package. */
export interface ToolCallsSnapshot extends ToolCallsState {
  readonly error: AssistantsError | undefined;
}

/** Handles the function calls of one run. Outlives the components that show it. */
export interface ToolCallsEngine extends ToolCallActions, Pick<ToolCalls, 'submit'> {
  getState: () => ToolCallsSnapshot;
  /** Calls the listener after every change of the state, except for drafts. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** Replaces the settings. Calls that are known already keep their tools. */
  configure: (settings: ToolCallsSettings) => void;
  /** Follows a run. Returns a function that detaches it; running handlers continue. */
  attach: (source: ToolCallsSource) => () => void;
}
