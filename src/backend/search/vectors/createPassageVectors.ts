import { setBounded } from '../../../common/setBounded.js';
import { createYielder } from '../../../common/yieldToEventLoop.js';
import type { FileObject } from '../../../protocol/types.js';
import { RETRY_AFTER_MS } from '../fileLimits.js';
import type { FileProblem } from '../FileProblem.js';
import { splitText, type Splitting } from '../splitText.js';
import {
  assertVectors,
  EmbeddingsError,
  type EmbeddingsModel,
  toUserMessage,
} from './EmbeddingsModel.js';
import { type FileVectors, MAX_SIMILAR, type SimilarPassage } from './indexVectors.js';
import { quantizeVector } from './quantizeVector.js';
import type { VectorBatch, VectorStorage } from './VectorStorage.js';

/** Text of a file whose passages get vectors. */
export interface EmbeddedFile {
  file: FileObject;
  splitting: Splitting;
  text: string;
  /** Problem with the text. */
  problem: FileProblem | undefined;
}

/** State of the vectors of a file. */
export type VectorState =
  | { type: 'ready'; bytes: number }
  | { type: 'pending' }
  | { type: 'failed'; message: string; retryAt: number };

/** Vectors of the passages of files, computed once for each text, splitting and model. */
export interface PassageVectors {
  /**
   * Computes the vectors that are missing. Resolves when the file is ready or has failed, or when the server stops.
   * Never rejects.
   */
  prepare(file: EmbeddedFile): Promise<void>;
  getState(file: EmbeddedFile): VectorState;
  /** Identifies the vectors of a file. */
  getKey(file: EmbeddedFile): string;
  /** Resolves with the vectors of files that are ready. */
  load(files: readonly EmbeddedFile[]): Promise<FileVectors[]>;
  /**
   * Ranks the passages of files that are ready where their vectors are stored, best first. Resolves with undefined if they
   * have to be loaded for that.
   */
  rank(files: readonly EmbeddedFile[], query: Float32Array): Promise<SimilarPassage[] | undefined>;
  /** Resolves when no vectors are being computed. */
  idle(): Promise<void>;
}

/** Options for `createPassageVectors`. */
export interface PassageVectorsOptions {
  model: EmbeddingsModel;
  storage: VectorStorage;
  /** Returns the current time in milliseconds. */
  now: () => number;
  /** Stops the requests to the model. */
  shutdown: AbortSignal;
  /** Called when the vectors of a file were computed, or could not be. */
  onComputed?: ((file: FileObject, problem: FileProblem | undefined) => Promise<void>) | undefined;
}

/** Number of files whose state is remembered. The state of the others is read from the storage. */
const MAX_STATES = 10_000;

/** Creates the vectors of a backend. */
export function createPassageVectors(options: PassageVectorsOptions): PassageVectors {
  const { model, storage, now, shutdown, onComputed } = options;
  const states = new Map<string, VectorState>();
  const tasks = new Map<string, Promise<void>>();
  const getKey = (file: EmbeddedFile): string => toKey(file, model);

  function getState(file: EmbeddedFile): VectorState {
    const state = states.get(getKey(file));
    const isDue = state?.type === 'failed' && now() >= state.retryAt;
    return state === undefined || isDue ? { type: 'pending' } : state;
  }

  function setState(key: string, state: VectorState): void {
    setBounded(states, key, state, MAX_STATES);
  }

  async function compute(embedded: EmbeddedFile): Promise<void> {
    const { file, problem } = embedded;
    const key = getKey(embedded);
    try {
      const last = await storage.readLast(file.id, key);
      const bytes = last?.isLast === true ? getEnd(last) * last.dimensions : undefined;
      const computed = bytes ?? (await computeMissing(options, embedded, last));
      if (computed === undefined) return;
      await storage.index?.add(key);
      setState(key, { type: 'ready', bytes: computed });
      if (bytes !== undefined) return;
      await storage.remove(file.id, (other) => isReplaced(other, key));
      await onComputed?.(file, problem);
    } catch (error) {
      if (shutdown.aborted) return;
      const message = toUserMessage(error);
      setState(key, { type: 'failed', message, retryAt: now() + RETRY_AFTER_MS });
      const words = { reason: 'vectors', isPartial: true, detail: message } as const;
      await onComputed?.(file, problem ?? words).catch(() => undefined);
    }
  }

  return {
    getKey,
    getState,

    prepare(file) {
      const key = getKey(file);
      if (getState(file).type !== 'pending') return Promise.resolve();
      const task = tasks.get(key) ?? compute(file).finally(() => tasks.delete(key));
      tasks.set(key, task);
      return task;
    },

    async load(files) {
      const loaded: FileVectors[] = [];
      for (const file of files) {
        const batches = await storage.readAll(file.file.id, getKey(file));
        const joined = joinBatches(file.file.id, batches);
        if (joined !== undefined) loaded.push(joined);
        else setState(getKey(file), createReplacedState(now()));
      }
      return loaded;
    },

    async rank(files, query) {
      const keys = files.map(getKey);
      const vector = quantizeVector(query);
      const found = await storage.index?.search({ vector, keys, limit: MAX_SIMILAR });
      if (found === undefined) return undefined;
      for (const key of keys) if (!found.keys.has(key)) setState(key, createReplacedState(now()));
      return sortPassages(found.passages, files);
    },

    async idle() {
      while (tasks.size > 0) await Promise.all(tasks.values());
    },
  };
}

/** Continues after the last batch. Resolves with the size of all vectors, or with undefined if the file was deleted. */
async function computeMissing(
  { model, storage, shutdown }: PassageVectorsOptions,
  embedded: EmbeddedFile,
  last: VectorBatch | undefined,
): Promise<number | undefined> {
  const passages = await listPassages(embedded);
  const key = toKey(embedded, model);
  let dimensions = last?.dimensions ?? 0;
  for (let first = getEnd(last); first < passages.length; first += model.batchSize) {
    shutdown.throwIfAborted();
    const texts = passages.slice(first, first + model.batchSize);
    const vectors = await model.embed(texts, { purpose: 'passage', signal: shutdown });
    assertVectors(vectors, texts.length);
    const batch = toBatch(vectors, first, first + texts.length === passages.length);
    if (dimensions !== 0 && batch.dimensions !== dimensions)
      throw new EmbeddingsError(
        `The embeddings model answered with vectors of ${dimensions} and of ${batch.dimensions} values.`,
      );
    dimensions = batch.dimensions;
    if (!(await storage.append(embedded.file.id, key, batch))) return undefined;
  }
  return passages.length * dimensions;
}

/** The length tells a text that was read completely from a part of it. JSON keeps the id of the model free of NUL characters. */
function toKey({ file, splitting, text }: EmbeddedFile, { id }: EmbeddingsModel): string {
  return [file.id, splitting.size, splitting.overlap, text.length, JSON.stringify(id)].join('/');
}

/**
 * Creates the state of vectors that a process with another model has removed. It waits, so that both do not replace
 * them in turn.
 */
function createReplacedState(nowMs: number): VectorState {
  const message = 'Another server uses another embeddings model.';
  return { type: 'failed', message, retryAt: nowMs + RETRY_AFTER_MS };
}

/**
 * Sorts passages as `indexVectors` does: equal similarities in the order of the files. Leaves out those that have nothing in
 * common with the query, and vectors without a direction, whose similarity is not a number.
 */
function sortPassages(
  passages: readonly SimilarPassage[],
  files: readonly EmbeddedFile[],
): SimilarPassage[] {
  const order = new Map(files.map(({ file }, index) => [file.id, index]));
  const getOrder = ({ fileId }: SimilarPassage) => order.get(fileId) ?? 0;
  return passages
    .filter(({ similarity }) => similarity > 0)
    .map((passage) => ({ ...passage, similarity: Math.min(passage.similarity, 1) }))
    .sort(
      (one, other) =>
        other.similarity - one.similarity ||
        getOrder(one) - getOrder(other) ||
        one.number - other.number,
    );
}

/** Returns true if vectors are those of another model, or of another text with the same splitting. */
function isReplaced(key: string, newKey: string): boolean {
  const [one, other] = [key, newKey].map((each) => {
    const [, size, overlap, , ...model] = each.split('/');
    return { splitting: `${size}/${overlap}`, model: model.join('/') };
  });
  return key !== newKey && (one?.model !== other?.model || one?.splitting === other?.splitting);
}

/** Splits a text as `indexPassages` does. */
async function listPassages({ text, splitting }: EmbeddedFile): Promise<string[]> {
  const pause = createYielder();
  const passages: string[] = [];
  for (const passage of splitText(text, splitting)) {
    passages.push(passage);
    await pause();
  }
  return passages;
}

function toBatch(vectors: readonly Float32Array[], first: number, isLast: boolean): VectorBatch {
  const dimensions = vectors[0]?.length ?? 0;
  const values = new Int8Array(vectors.length * dimensions);
  vectors.forEach((vector, index) => values.set(quantizeVector(vector), index * dimensions));
  return { first, dimensions, values, isLast };
}

/** Returns the number of the passage after a batch. */
function getEnd(batch: VectorBatch | undefined): number {
  if (batch === undefined) return 0;
  return batch.first + Math.floor(batch.values.length / batch.dimensions);
}

function joinBatches(fileId: string, batches: readonly VectorBatch[]): FileVectors | undefined {
  const [start] = batches;
  if (start === undefined) return undefined;
  const { dimensions } = start;
  const values = new Int8Array(batches.reduce((sum, batch) => sum + batch.values.length, 0));
  let offset = 0;
  for (const batch of batches) {
    values.set(batch.values, offset);
    offset += batch.values.length;
  }
  return { fileId, dimensions, values };
}
