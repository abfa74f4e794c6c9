import type { Message, Run, RunStep, RunStepReasoning, Thread } from '../../protocol/types.js';

/** A run with its messages and steps. Immutable: objects that an event does not change keep their identity. */
export interface RunState {
  /** Thread that was created with the run. Undefined for runs in existing threads. */
  thread: Thread | undefined;
  /** Undefined until the first run event. */
  run: Run | undefined;
  /** Messages of the run, oldest first. The last one may still grow. */
  messages: readonly Message[];
  /** Steps of the run, oldest first. */
  steps: readonly RunStep[];
  /**
   * Reasoning that the stream has shown last, with the id of its step. The step may not exist yet. Undefined on servers
   * that do not stream reasoning.
   */
  reasoning: (RunStepReasoning & { id: string }) | undefined;
  /** True if an event could not be applied, so that messages and steps have to be fetched from the server. */
  isDesynced: boolean;
}

/** State of a run without events. */
export const emptyRunState: RunState = {
  thread: undefined,
  run: undefined,
  messages: [],
  steps: [],
  reasoning: undefined,
  isDesynced: false,
};
