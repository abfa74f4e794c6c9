import { createFileReader, type FileReader, type FileReaderOptions } from './createFileReader.js';
import { createFileSearch, type FileSearch } from './createFileSearch.js';
import { type FileLimits, readFileLimits, WORKER_COUNT } from './fileLimits.js';
import { createWorkerPool, type WorkerPool } from './worker/createWorkerPool.js';
import type { EmbeddingsModel } from './vectors/EmbeddingsModel.js';
import { createPassageVectors, type PassageVectors } from './vectors/createPassageVectors.js';
import { createQueryVectors } from './vectors/createQueryVectors.js';
import { createVectorSearch } from './vectors/createVectorSearch.js';
import type { VectorStorage } from './vectors/VectorStorage.js';
import type { FileWorker } from './worker/FileWorker.js';
import { startFileWorker } from './worker/startFileWorker.js';

/** Options for `createFileService`. */
export interface FileServiceOptions extends Pick<FileReaderOptions, 'readFile' | 'now' | 'onRead'> {
  /** @default startFileWorker */
  createWorker?: (() => FileWorker) | undefined;
  /** @default FILE_LIMITS */
  limits?: Partial<FileLimits> | undefined;
  /** Compares vectors besides words. */
  embeddings?: EmbeddingsOptions | undefined;
}

/** Options for vectors. */
export interface EmbeddingsOptions {
  model: EmbeddingsModel;
  storage: VectorStorage;
  /** Stops the requests to the model. */
  shutdown: AbortSignal;
}

/** Reads and searches uploaded files. */
export interface FileService {
  reader: FileReader;
  search: FileSearch;
  limits: FileLimits;
  /** Undefined without a model for vectors. */
  vectors: PassageVectors | undefined;
}

/** Pools for reading and for searching. */
interface Pools {
  reading: WorkerPool;
  searching: WorkerPool;
}

/** Backends with the same kind of workers share them, so that their number is limited. */
const poolsByWorker = new WeakMap<() => FileWorker, Pools>();

/** Creates the service of a backend. Workers start with the first file. */
export function createFileService(options: FileServiceOptions): FileService {
  const { readFile, now, onRead, embeddings, createWorker = startFileWorker } = options;
  const limits = readFileLimits(options.limits);
  const { reading, searching } = getPools(createWorker);
  const reader = createFileReader({ readFile, pool: reading, limits, now, onRead });
  const passages = embeddings && createPassageVectors({ ...embeddings, now, onComputed: onRead });
  const vectors =
    passages &&
    createVectorSearch({
      passages,
      embedQuery: createQueryVectors({ model: embeddings.model, now }),
      limits,
    });
  const search = createFileSearch({ reader, pool: searching, limits, now, vectors });
  return { reader, search, limits, vectors: passages };
}

function getPools(createWorker: () => FileWorker): Pools {
  const known = poolsByWorker.get(createWorker);
  if (known !== undefined) return known;
  const pools = {
    reading: createWorkerPool(createWorker, WORKER_COUNT),
    searching: createWorkerPool(createWorker, WORKER_COUNT),
  };
  poolsByWorker.set(createWorker, pools);
  return pools;
}
