import type { Model } from './models/Model.js';
import type { FindUser } from './domain/BackendUser.js';
import type { RunUsage } from './engine/RunUsage.js';
import type { FileLimits } from './search/fileLimits.js';
import type { EmbeddingsModel } from './search/vectors/EmbeddingsModel.js';
import type { FileWorker } from './search/worker/FileWorker.js';
import type { BlobStore } from './stores/blobs/BlobStore.js';
import type { Store } from './stores/Store.js';

/** Options for `createBackend`. */
export interface BackendOptions {
  /** Model that writes the answers. @default scriptedModel(), which plays a demo */
  model?: Model;
  /**
   * Computes vectors of the files that are searched, so that passages are found by their meaning, too: see `embeddingsModel`.
   * @default none: files are searched by words only
   */
  embed?: EmbeddingsModel;
  /** Storage of all objects and files. @default memoryStore() */
  store?: Store;
  /**
   * Storage of the contents of files, in place of the store: `folderBlobStore` or `s3BlobStore`. Contents that the
   * store has already stay there.
   * @default the store
   */
  blobStore?: BlobStore;
  /** Returns the current time in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** Returns a new id that starts with the prefix. @default the prefix and 24 random letters and digits */
  generateId?: (prefix: string) => string;
  /**
   * API keys that the backend accepts, as `Authorization: Bearer KEY` or `api-key: KEY`. Without this option it accepts every
   * request.
   * @default undefined
   */
  apiKeys?: readonly string[];
  /**
   * Returns the user of a request, for example from a session cookie or a token, or its id. Undefined, null, blank ids
   * and errors get 401. Threads, files and what belongs to them are visible to their user only: an id of another user
   * gets the same 404 as an unknown one. Lists, idempotency keys and the rate limit are those of the user. Assistants
   * are visible to the user that has created them, or to all users if that was an admin.
   *
   * Without an owner, as in a store from before this option was set, assistants are shared, and threads and files belong to all
   * admins.
   * @default all callers are one user that owns everything
   */
  user?: FindUser;
  /**
   * Origins whose pages may use the backend, such as `https://app.example`, or `'*'` for all. Its own origin is always allowed,
   * also if TLS ends in front of the server. Requests from other origins get 403.
   * @default `'*'` with `apiKeys`. Without them the origins of this machine (localhost), because otherwise any page that the
   * user visits could read all threads.
   */
  cors?: '*' | readonly string[];
  /**
   * Path prefix of the operations. They are also available without it, and below `/openai` and `/openai/v1`, where SDKs of Azure
   * OpenAI expect them.
   * @default '/v1'
   */
  basePath?: string;
  /**
   * False to neither store nor stream the reasoning of the model. Servers that need it back within a run get it nevertheless.
   * @default true
   */
  reasoning?: boolean;
  /**
   * Largest request bodies in bytes. Larger ones get 413. `bodyBytes` applies to JSON bodies, `uploadBytes` to the form of
   * uploadFile. `files` limits what is read and searched of an uploaded file. `concurrentRuns` limits the active runs of each
   * `user`, in all servers of a store; the request for one more gets 429. Runs that wait for tool outputs are active.
   * @default { bodyBytes: 4 MiB, uploadBytes: 512 MiB, files: FILE_LIMITS }
   */
  limits?: {
    bodyBytes?: number;
    uploadBytes?: number;
    files?: Partial<FileLimits>;
    concurrentRuns?: number;
  };
  /**
   * Treatment of the tool `code_interpreter`, which this backend does not have. `'refuse'` answers requests with it with 400.
   * `'ignore'` accepts and returns it, but never offers it to a model. The steps of such a run say so in `metadata.notice`.
   * @default 'refuse'
   */
  unsupportedTools?: 'refuse' | 'ignore';
  /**
   * Limits the requests of each user, or of each API key without `user`, or of all callers together. Rejected requests
   * get 429. Responses report the state of the limit in `x-ratelimit-*` headers. Servers of one PostgreSQL database
   * count together, with a delay of half a second.
   * @default no limit
   */
  rateLimit?: { requestsPerMinute: number };
  /**
   * Called with the tokens of each run that has ended, if the model has reported them, for accounting. Errors go to `onError`.
   * `GET /usage` returns the sums of each day.
   */
  onUsage?: (usage: RunUsage) => void | Promise<void>;
  /**
   * Starts the workers that read and search uploaded files. Needed only where the default cannot start one, for example
   * because a bundler does not find its module:
   * `() => new Worker(new URL('assistants-react/backend/file-worker', import.meta.url), { type: 'module' })`. If it
   * throws, or the worker fails to start, files are read without a worker, with lower limits and without PDF and Office
   * files.
   * @default a process in Node, a Web Worker elsewhere
   */
  createFileWorker?: () => FileWorker;
  /** Called with errors that are answered with 500 or 507, and with those of `user` and `onUsage`. @default console.error */
  onError?: (error: unknown, request: Request) => void;
}
