import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type { ChunkingStrategy, Metadata, VectorStore } from '../../../protocol/types.js';
import type { Change } from '../../stores/Store.js';
import type { DomainContext } from '../DomainContext.js';
import { findFile } from '../findObjects.js';
import { changeFiles, NO_FILES } from './changeFiles.js';
import { toFileChunking } from './chunking.js';
import { getExpiresAt } from './expiry.js';
import { buildFileEntry } from './fileEntries.js';

/** Settings of a new vector store. */
export interface NewVectorStore {
  file_ids?: readonly string[];
  name?: string | null;
  description?: string | null;
  chunking_strategy?: ChunkingStrategy;
  expires_after?: NonNullable<VectorStore['expires_after']>;
  metadata?: Metadata;
}

/** Vector store to store, with its files. */
export interface BuiltVectorStore {
  vectorStore: VectorStore;
  /** Files of the store, each one once. */
  fileIds: string[];
  /** Changes that store the vector store and its files. Write them in one batch. */
  changes: Change[];
}

/**
 * Builds a vector store from a request.
 *
 * @param path Path of the settings, for error messages. Empty, or ends with a dot.
 * @throws HttpError 404 if a file does not exist, 400 if chunks would overlap by more than half.
 */
export async function buildVectorStore(
  context: DomainContext,
  request: NewVectorStore,
  path = '',
): Promise<BuiltVectorStore> {
  const fileIds = [...new Set(request.file_ids)];
  for (const id of fileIds) await findFile(context.store, id);
  const chunking = toFileChunking(request.chunking_strategy, `${path}chunking_strategy`);
  return buildVectorStoreOf(context, request, fileIds, chunking);
}

/** Builds a vector store of these files. Does not check whether they exist. */
export async function buildVectorStoreOf(
  context: DomainContext,
  request: NewVectorStore,
  fileIds: string[],
  chunking = toFileChunking(undefined),
): Promise<BuiltVectorStore> {
  const createdAt = toUnixSeconds(context.now());
  const { name, description, expires_after: expiresAfter, metadata } = request;
  const empty: VectorStore = {
    id: context.generateId('vs_'),
    object: 'vector_store',
    created_at: createdAt,
    name: name ?? null,
    ...(description === undefined ? {} : { description }),
    usage_bytes: 0,
    file_counts: NO_FILES,
    status: 'completed',
    ...(expiresAfter === undefined ? {} : { expires_after: expiresAfter }),
    expires_at: getExpiresAt(expiresAfter, createdAt),
    last_active_at: createdAt,
    metadata: metadata ?? {},
  };
  const added = fileIds.map((fileId) => ({
    previous: undefined,
    next: buildFileEntry({ vectorStoreId: empty.id, fileId, createdAt, chunking }),
  }));
  const { vectorStore, changes } = await changeFiles(context.store, empty, added);
  return { vectorStore, fileIds, changes };
}
