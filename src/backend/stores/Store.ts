import type {
  Assistant,
  FileObject,
  Message,
  ReasoningEffort,
  Run,
  RunStep,
  Thread,
  VectorStore,
  VectorStoreFile,
  VectorStoreFileBatch,
} from '../../protocol/types.js';

/** Objects that a store keeps, by collection. They hold the fields of both API versions. */
export interface Collections {
  assistants: Assistant & { file_ids: string[]; reasoning_effort?: ReasoningEffort | null };
  threads: Thread;
  messages: Message & { file_ids: string[] };
  runs: Run & {
    file_ids: string[];
    reasoning_effort?: ReasoningEffort | null;
    /** Vector stores that the run searches besides those of its thread: of the assistant, or of the request. */
    vector_store_ids?: string[];
  };
  steps: RunStep & { provider?: StepProvider };
  files: FileObject;
  /** `file_counts`, `usage_bytes` and `status` are written together with the files. */
  vectorStores: VectorStore;
  /** Files of vector stores. The parent is the vector store. */
  vectorStoreFiles: Omit<VectorStoreFile, 'object'> & {
    /** Joins the ids of the vector store and the file, because a file can be in several stores. */
    id: string;
    file_id: string;
    /** Batch that has added the file last. */
    batch_id?: string;
    /** `batch_id` and `status`, for lists of one batch with one status. */
    batch_status?: string;
  };
  /** Batches of files. The parent is the vector store. */
  vectorStoreBatches: VectorStoreFileBatch;
  /** Vectors of consecutive passages of a file, in the order of the passages. The parent is the file. */
  fileVectors: {
    id: string;
    file_id: string;
    /** Identifies the text, its splitting and the model. */
    key: string;
    /** Number of the first passage. */
    first: number;
    /** Values of one vector. */
    dimensions: number;
    /** One signed byte for each value, as base64. */
    values: string;
    is_last: boolean;
  };
  /**
   * Deleted threads and vector stores whose contents are not completely removed yet, and files whose content is in a blob store
   * that has to remove it. The id is that of the object.
   */
  removals: { id: string; kind?: 'vectorStore' | 'content' };
  /** Leases of the runs that a process works on. The id is that of the run. `owner` identifies the process. */
  leases: { id: string; owner: string; expires_at_ms: number };
  /** Active runs of users, if their number is limited. The id is that of the run, the parent is the user. */
  activeRuns: { id: string };
  /**
   * State of runs that wait for tool outputs. The id is that of the run. `last_sequence` is the sequence number of its last
   * event.
   */
  runMemories: { id: string; memory: object; last_sequence: number };
  /**
   * Tokens of the runs that ended on a day, in UTC. The parent is the user. The id is the date, with the user if there
   * is one.
   */
  usageDays: {
    id: string;
    /** Date such as `2026-01-31`. */
    date: string;
    runs: number;
    prompt_tokens: number;
    completion_tokens: number;
    total_tokens: number;
  };
  /** Responses of requests with an Idempotency-Key. The id is the key, with its user if there are several. */
  storedResponses: {
    id: string;
    created_at: number;
    fingerprint: string;
    status: number;
    body: string;
  };
}

/** Data of a model for a step, which clients never receive. */
export interface StepProvider {
  /** Index of the answer of the run that the step belongs to. */
  turn: number;
  /** Data of the answer. Only the first step of an answer that has such data holds it. */
  data?: unknown;
  /** Data of the calls of the step, by their ids. */
  calls?: Record<string, unknown>;
  /** True if the server of the model has run the calls of the step itself. */
  isBuiltIn?: true;
}

/** Name of a collection. */
export type Collection = keyof Collections;

/** One change of a batch. */
export type Change =
  | PutChange<Collection>
  | { type: 'remove'; collection: Collection; id: string }
  | { type: 'putContent'; fileId: string; bytes: Uint8Array }
  | { type: 'removeContent'; fileId: string };

/**
 * Inserts or replaces an object. `parent` is the thread of a message or run, the run of a step, the vector store of its
 * files and batches, the file of its vectors, or the user that owns an assistant, a thread, a file or a vector store.
 * It is required when an object with a parent other than a user is inserted, and ignored later.
 */
export type PutChange<C extends Collection> = {
  [Name in C]: { type: 'put'; collection: Name; object: Collections[Name]; parent?: string };
}[C];

/** Query for one page of a collection. */
export interface ListQuery {
  /** Returns only objects with this parent, or with one of these parents. Null selects objects without a parent. */
  parent?: string | readonly (string | null)[];
  /** Returns only objects with this field value. Fields: see `COLLECTIONS`. */
  where?: { field: string; value: string };
  /** Order by first insertion: `asc` is oldest first. */
  order: 'asc' | 'desc';
  /** Maximum number of objects. */
  limit: number;
  /** Exclusive cursor: id of an object of the same collection and parent. `where` does not have to match it. */
  after?: string;
  /** Exclusive cursor, like `after`. */
  before?: string;
}

/** Consecutive events of one run. */
export interface EventsRecord {
  runId: string;
  /** Sequence numbers of the first and the last event. */
  first: number;
  last: number;
  /** The events as text, see `encodeEvents`. */
  text: string;
  /** Set if the process that appends them has ended its work with them, so that it holds no lease. */
  isFinal: boolean;
  /** Set if the run has ended, so that its events are needed for ten more minutes only. */
  isEnd: boolean;
}

/** Events of runs in a shared store. They need not survive a crash of the database. */
export interface SharedEvents {
  /** Numbers of notifications since the start of the process, for metrics. */
  counts?: Readonly<{ sent: number; received: number }>;
  /**
   * Appends records. Ignores those of runs whose lease belongs to another process than `owner`, and resolves with the ids of
   * these runs.
   */
  append(owner: string, records: readonly EventsRecord[]): Promise<readonly string[]>;
  /** Returns the records with events after these sequence numbers, in the order of their events. */
  read(
    positions: readonly { runId: string; after: number }[],
  ): Promise<Pick<EventsRecord, 'runId' | 'first' | 'text'>[]>;
  /** Removes the events of a run. */
  remove(runId: string): Promise<void>;
  /**
   * Calls the listener with the ids of the runs that other processes have appended events to, or with undefined if these are too
   * many. Calls can get lost.
   */
  watch(owner: string, listener: (runIds: readonly string[] | undefined) => void): void;
}

/** Quotas of callers that all processes of a store share. They need not survive a crash of the database. */
export interface SharedQuotas {
  /**
   * Adds what callers have used of their quotas, in milliseconds. Resolves with the times in milliseconds until these are full
   * again, in the same order. No caller occurs twice.
   */
  use(uses: readonly { caller: string; usedMs: number }[]): Promise<number[]>;
}

/** Search in a `SharedVectorIndex`. */
export interface VectorIndexQuery {
  vector: Int8Array;
  /** Keys of the `fileVectors` to compare. */
  keys: readonly string[];
  /** Maximum number of passages. */
  limit: number;
}

/**
 * Index in which the database compares the vectors of `fileVectors`. It has copies of them, which are removed in the
 * transaction that removes the originals.
 */
export interface SharedVectorIndex {
  /** Copies the vectors with this key that are not in the index yet. Does nothing if the database has no index. */
  add(key: string): Promise<void>;
  /**
   * Resolves with the passages that are most similar to a vector, best first, and with those of the keys that `fileVectors`
   * still has. Ignores vectors of another length. The similarity is the cosine of the angle, not a number for a vector without
   * a direction. Resolves with undefined if the database has no index, or cannot compare such a vector.
   */
  search(query: VectorIndexQuery): Promise<
    | {
        passages: { fileId: string; number: number; similarity: number }[];
        keys: ReadonlySet<string>;
      }
    | undefined
  >;
}

/**
 * Storage of a backend. Objects are ordered by their first insertion. Callers and the store never mutate objects that they
 * have exchanged. When a write resolves, it is durable.
 */
export interface Store {
  get<C extends Collection>(collection: C, id: string): Promise<Collections[C] | undefined>;
  /** Resolves with the parent of an object, null if it has none, and undefined if the object does not exist. */
  getParent(collection: Collection, id: string): Promise<string | null | undefined>;
  /**
   * Resolves with one page, or with null if a cursor is not in the list. `hasMore` says whether further objects follow in the
   * direction of paging.
   */
  list<C extends Collection>(
    collection: C,
    query: ListQuery,
  ): Promise<{ data: Collections[C][]; hasMore: boolean } | null>;
  /**
   * Resolves with the number of objects in a list. Must not read the list.
   *
   * @param where Counts only objects with this field value, in an index. Fields: see `COLLECTIONS`.
   */
  count(collection: Collection, parent?: string, where?: ListQuery['where']): Promise<number>;
  /** Applies all changes atomically, in order. */
  write(changes: Change[]): Promise<void>;
  /** Resolves with the bytes of a file. */
  getContent(fileId: string): Promise<Uint8Array | undefined>;
  /**
   * Runs one task at a time for each key, in all processes that share the store. Stores that belong to one process do not have
   * it.
   */
  withLock?<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Events of runs that all processes can read. Stores that belong to one process do not have it. */
  events?: SharedEvents;
  /** Quotas of callers. Stores that belong to one process do not have them. */
  quotas?: SharedQuotas;
  /** Index of vectors. Without it, vectors are compared in memory. */
  vectorIndex?: SharedVectorIndex;
  /** Returns the time of the store in milliseconds since 1970, so that processes with wrong clocks agree. */
  now?(): number;
  close?(): Promise<void>;
}
