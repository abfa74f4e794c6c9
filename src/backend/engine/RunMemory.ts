import type { RunStepReasoning, Usage } from '../../protocol/types.js';
import type { ModelEvent } from '../models/Model.js';
import type { Store } from '../stores/Store.js';

/** State of a run that is kept from one model response to the next. Stored while the run waits, so it must be valid JSON. */
export interface RunMemory {
  /** Tokens of the run so far. Null if the model has reported none. */
  usage: Usage | null;
  /** Tokens that are not assigned to a step yet. */
  stepUsage: Usage | null;
  /** Index of the latest answer; -1 before the first. Held events belong to it until the next answer starts. */
  turn: number;
  /** Events that followed function calls. They are written after the tool outputs, because steps never overlap. */
  heldEvents: ModelEvent[];
}

/** Memory of a run that is being executed. The additional state is empty while the run waits. */
export interface LiveMemory extends RunMemory {
  /** Data of the answer that waits for its next step. */
  pendingData: unknown;
  /** Reasoning that waits for its step, which will have this id. */
  pendingReasoning: { stepId: string; reasoning: RunStepReasoning } | undefined;
  /** Time in milliseconds at which the reasoning would have begun without its pauses. Undefined while it is paused. */
  reasoningStartedAtMs: number | undefined;
}

/** Resolves with the memory of a run that waits for tool outputs, and the sequence number of its last event. */
export async function readRunMemory(
  store: Store,
  runId: string,
): Promise<{ memory: RunMemory; lastSequence: number } | undefined> {
  const stored = await store.get('runMemories', runId);
  // Only the engine writes this collection.
  return stored && { memory: stored.memory as RunMemory, lastSequence: stored.last_sequence };
}
