import type { AssistantStreamEvent, Usage } from '../../protocol/types.js';
import type { ModelEvent } from '../models/Model.js';
import type { FoundPassage } from '../search/FoundPassage.js';
import type { Collections } from '../stores/Store.js';
import type { Batch } from './batches.js';
import type { OverlayStore } from './overlayStore.js';

/** A run with the effects that its answer needs. */
export interface RunContext {
  run: Collections['runs'];
  store: OverlayStore;
  generateId: (prefix: string) => string;
  /** Returns the time in whole seconds since 1970. */
  seconds: () => number;
  /** Publishes a delta. Does nothing once the run was stopped. */
  publish: (event: AssistantStreamEvent) => void;
  /** Stores a batch, then publishes its events. Rejects if the run was stopped or deleted. */
  commit: (createBatch: (run: Collections['runs']) => Batch | Promise<Batch>) => Promise<void>;
  /** Searches the files of the run. Resolves with passages, best first. */
  search: (query: string) => Promise<FoundPassage[]>;
  /** State that is kept between the segments of the run. */
  memory: RunMemory;
}

/** State of a run that is kept from one model response to the next. */
export interface RunMemory {
  /** Tokens of the run so far. Null if the model has reported none. */
  usage: Usage | null;
  /** Tokens that are not assigned to a step yet. */
  stepUsage: Usage | null;
  /** Events that followed function calls. They are written after the tool outputs, because steps never overlap. */
  heldEvents: ModelEvent[];
}
