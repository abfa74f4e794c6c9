import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { ChunkingStrategy, CreateThreadRequest, Thread } from '../../protocol/types.js';
import type { Change } from '../stores/Store.js';
import type { DomainContext } from './DomainContext.js';
import { badRequest, notFound } from './errors.js';
import { findFile } from './findObjects.js';

/** Tool resources as objects store them. */
export type ToolResources = NonNullable<Thread['tool_resources']>;

/** Tool resources to store in an object. */
export interface BuiltToolResources {
  toolResources: ToolResources;
  /** Files of the vector store, each one once. */
  fileIds: string[];
  /** Changes that store a new vector store. Write them in the batch that stores the object. */
  changes: Change[];
}

/**
 * Builds tool resources from a request. A vector store that is defined inline becomes an immutable one with an id of its own,
 * so an id always stands for the same files.
 * @throws HttpError 404 if a file or a vector store does not exist, 400 if chunks would overlap by more than half.
 */
export async function buildToolResources(
  context: DomainContext,
  request: CreateThreadRequest['tool_resources'] | undefined,
): Promise<BuiltToolResources> {
  const codeFiles = [...new Set(request?.code_interpreter?.file_ids ?? [])];
  for (const id of codeFiles) await findFile(context.store, id);
  const built = await buildSearchResources(context, request?.file_search);
  if (codeFiles.length === 0) return built;
  const toolResources = { code_interpreter: { file_ids: codeFiles }, ...built.toolResources };
  return { ...built, toolResources };
}

async function buildSearchResources(
  context: DomainContext,
  fileSearch: NonNullable<CreateThreadRequest['tool_resources']>['file_search'],
): Promise<BuiltToolResources> {
  const inline = fileSearch?.vector_stores?.[0];
  if (inline !== undefined)
    return buildFileSearchResources(context, inline.file_ids ?? [], inline.chunking_strategy);
  const id = fileSearch?.vector_store_ids?.[0];
  if (id === undefined) return { toolResources: {}, fileIds: [], changes: [] };
  const vectorStore = await context.store.get('vectorStores', id);
  if (vectorStore === undefined) throw notFound('vector store', id);
  return {
    toolResources: { file_search: { vector_store_ids: [id] } },
    fileIds: vectorStore.file_ids,
    changes: [],
  };
}

/**
 * Builds tool resources with a new vector store of these files. Removes duplicates and keeps the order.
 * @throws HttpError 404 if a file does not exist, 400 if chunks would overlap by more than half.
 */
export async function buildFileSearchResources(
  context: DomainContext,
  files: readonly string[],
  chunking?: ChunkingStrategy,
): Promise<BuiltToolResources> {
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
  return buildVectorStore(context, fileIds, chunking);
}

/** Builds tool resources with a new vector store. Does not check whether the files exist. */
export function buildVectorStore(
  context: Pick<DomainContext, 'generateId' | 'now'>,
  fileIds: string[],
  chunking?: ChunkingStrategy,
): BuiltToolResources {
  const vectorStore = {
    id: context.generateId('vs_'),
    created_at: toUnixSeconds(context.now()),
    file_ids: fileIds,
    ...(chunking === undefined ? {} : { chunking_strategy: chunking }),
  };
  return {
    toolResources: { file_search: { vector_store_ids: [vectorStore.id] } },
    fileIds,
    changes: [{ type: 'put', collection: 'vectorStores', object: vectorStore }],
  };
}
