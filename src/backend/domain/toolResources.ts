import type { ChunkingStrategy, CreateThreadRequest, Thread } from '../../protocol/types.js';
import type { BackendContext } from '../context.js';
import { badRequest, notFound } from './errors.js';
import { findFile } from './lookup.js';
import type { Change } from '../stores/store.js';

/** Tool resources as objects keep them. */
export type ToolResources = NonNullable<Thread['tool_resources']>;

/**
 * What a request says of tool resources, as an object keeps it. A vector store described in place becomes one of ours:
 * an id for a list of files that never changes, so whoever holds the id knows the files.
 * @throws HttpError 404 when a file or a vector store is not known
 */
export async function newToolResources(
  context: BackendContext,
  request: CreateThreadRequest['tool_resources'] | undefined,
): Promise<{ toolResources: ToolResources; fileIds: string[]; changes: Change[] }> {
  const fileSearch = request?.file_search;
  const described = fileSearch?.vector_stores?.[0];
  if (described !== undefined)
    return newVectorStore(context, described.file_ids ?? [], described.chunking_strategy);
  const id = fileSearch?.vector_store_ids?.[0];
  if (id === undefined) return { toolResources: {}, fileIds: [], changes: [] };
  const known = await context.store.get('vectorStores', id);
  if (known === undefined) throw notFound('vector store', id);
  return {
    toolResources: { file_search: { vector_store_ids: [id] } },
    fileIds: known.file_ids,
    changes: [],
  };
}

/**
 * Tool resources for these files, in their order, each once.
 * @throws HttpError 404 when one is not known, 400 when pieces would overlap by more than a half
 */
export async function newVectorStore(
  context: BackendContext,
  files: readonly string[],
  chunking?: ChunkingStrategy,
): Promise<{ toolResources: ToolResources; fileIds: string[]; changes: Change[] }> {
  const fileIds = [...new Set(files)];
  for (const id of fileIds) await findFile(context.store, id);
  if (
    chunking?.type === 'static' &&
    chunking.static.chunk_overlap_tokens > chunking.static.max_chunk_size_tokens / 2
  ) {
    throw badRequest('chunk_overlap_tokens must not exceed half of max_chunk_size_tokens.', {
      param: 'tool_resources.file_search.vector_stores[0].chunking_strategy',
      code: 'invalid_value',
    });
  }
  return { fileIds, ...getVectorStoreId(context, fileIds, chunking) };
}

/** Tool resources for files that are, or were, there. */
export function getVectorStoreId(
  context: Pick<BackendContext, 'id' | 'now'>,
  fileIds: string[],
  chunking?: ChunkingStrategy,
): { toolResources: ToolResources; changes: Change[] } {
  const vectorStore = {
    id: context.id('vs_'),
    created_at: Math.floor(context.now() / 1000),
    file_ids: fileIds,
    ...(chunking === undefined ? {} : { chunking_strategy: chunking }),
  };
  return {
    toolResources: { file_search: { vector_store_ids: [vectorStore.id] } },
    changes: [{ put: 'vectorStores', object: vectorStore }],
  };
}
