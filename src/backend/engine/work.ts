import type { AssistantStreamEvent, Usage } from '../../protocol/types.js';
import type { ModelEvent } from '../models/model.js';
import type { FoundPassage } from '../search/FoundPassage.js';
import type { Collections } from '../stores/Store.js';
import type { Batch } from './batch.js';
import type { OverlayStore } from './overlayStore.js';

/** The run that an answer is written for. */
export interface Work {
  run: Collections['runs'];
  store: OverlayStore;
  id: (prefix: string) => string;
  /** Whole seconds since 1970. */
  seconds: () => number;
  /** Tells of a delta. Nothing is told of a run that was stopped. */
  publish: (event: AssistantStreamEvent) => void;
  /** Stores a change of the run, then tells of it. Rejects when the run was stopped or is gone. */
  change: (make: (run: Collections['runs']) => Batch | Promise<Batch>) => Promise<void>;
  /** Passages of the files of the run, best first. */
  search: (query: string) => Promise<FoundPassage[]>;
  /** What outlives a segment of the run. */
  memory: Memory;
}

/** What a run keeps from one model answer to the next. */
export interface Memory {
  /** Tokens of the run so far; null when the model has told nothing. */
  usage: Usage | null;
  /** Those that no step has been given yet. */
  stepUsage: Usage | null;
  /** What the model wrote behind its function calls. Written once their outputs are in, since steps never overlap. */
  held: ModelEvent[];
}
