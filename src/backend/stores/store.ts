import type {
  Assistant,
  ChunkingStrategy,
  FileObject,
  Message,
  ReasoningEffort,
  Run,
  RunStep,
  Thread,
} from '../../protocol/types.js';

/** What a store keeps, by collection. Objects hold the fields of both versions of the wire. */
export interface Collections {
  assistants: Assistant & { file_ids: string[]; reasoning_effort?: ReasoningEffort | null };
  threads: Thread;
  messages: Message & { file_ids: string[] };
  runs: Run & { file_ids: string[]; reasoning_effort?: ReasoningEffort | null };
  steps: RunStep;
  files: FileObject;
  /** Files under one id, for `tool_resources.file_search`. Never changed, so whoever keeps the id knows the files. */
  vectorStores: {
    id: string;
    created_at: number;
    file_ids: string[];
    chunking_strategy?: ChunkingStrategy;
  };
  /** Threads that are gone, while something of what they held is left; id is the thread's. */
  removals: { id: string };
  /** Answers kept for Idempotency-Key; id is the key. */
  replays: { id: string; created_at: number; fingerprint: string; status: number; body: string };
}
export type Collection = keyof Collections;

/** One change of a batch. `parent` is the thread of a message or run, the run of a step; needed on the first put. */
export type Change =
  | { [C in Collection]: { put: C; object: Collections[C]; parent?: string } }[Collection]
  | { remove: Collection; id: string }
  | { putContent: string; bytes: Uint8Array }
  | { removeContent: string };

export interface ListQuery {
  /** Only children of this object. */
  parent?: string;
  /** Only objects whose field has this value: `run_id` of messages, `status` of runs, `purpose` of files. */
  where?: { field: string; value: string };
  order: 'asc' | 'desc';
  limit: number;
  /** Exclusive cursors: an id of the same collection and parent, whether `where` lets it through or not. */
  after?: string;
  before?: string;
}

/**
 * Where a backend keeps its objects. Order is the order of the first put. Objects that go in and come out are never
 * changed by either side. A promise that has resolved is a write that survives.
 */
export interface Store {
  get<C extends Collection>(collection: C, id: string): Promise<Collections[C] | undefined>;
  /** A page in the asked order; null when the cursor is not in the list. `hasMore` looks in the direction of the paging. */
  list<C extends Collection>(
    collection: C,
    query: ListQuery,
  ): Promise<{ data: Collections[C][]; hasMore: boolean } | null>;
  /** How many objects a list holds, without reading it. */
  count(collection: Collection, parent?: string): Promise<number>;
  /** All of the batch, or none of it. */
  write(changes: Change[]): Promise<void>;
  /** The bytes of a file. */
  content(fileId: string): Promise<Uint8Array | undefined>;
  close?(): Promise<void>;
}
