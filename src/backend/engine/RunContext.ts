import type { AssistantStreamEvent, FileObject } from '../../protocol/types.js';
import type { FileText } from '../search/createFileReader.js';
import type { FileSearchResult } from '../search/createFileSearch.js';
import type { Collections } from '../stores/Store.js';
import type { Batch } from './batches.js';
import type { OverlayStore } from './overlayStore.js';
import type { LiveMemory } from './RunMemory.js';

/** A run with the effects that its answer needs. */
export interface RunContext {
  run: Collections['runs'];
  store: OverlayStore;
  generateId: (prefix: string) => string;
  /** Returns the time in whole seconds since 1970. */
  seconds: () => number;
  /** Returns the time in milliseconds since 1970. */
  now: () => number;
  /** Types of the tools that the server of the model runs itself. */
  builtInTools: readonly string[];
  /** True if the reasoning of the model is stored and streamed. */
  keepsReasoning: boolean;
  /** Publishes a delta. Does nothing once the run was stopped. */
  publish: (event: AssistantStreamEvent) => void;
  /** Stores a batch, then publishes its events. Rejects if the run was stopped or deleted. */
  commit: (createBatch: (run: Collections['runs']) => Batch | Promise<Batch>) => Promise<void>;
  /** Searches the files of the run. Rejects when the run or the server is stopped. */
  search: (query: string) => Promise<FileSearchResult>;
  /** Reads the text of a file. Rejects when the run or the server is stopped. */
  readText: (file: FileObject) => Promise<FileText | undefined>;
  /** State that is kept between the segments of the run. */
  memory: LiveMemory;
}
