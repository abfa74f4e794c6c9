import type { CreateThreadRequest, Thread } from '../../protocol/types.js';
import type { Change, Store } from '../stores/Store.js';
import type { DomainContext } from './DomainContext.js';
import { findFile, findVectorStore } from './findObjects.js';
import { buildVectorStore, type BuiltVectorStore } from './vectorStores/buildVectorStore.js';
import { listFileEntries } from './vectorStores/listFileEntries.js';

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
 * Builds tool resources from a request. A vector store that is defined inline becomes one with an id of its own.
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
  if (inline !== undefined) {
    const path = 'tool_resources.file_search.vector_stores[0].';
    return toToolResources(await buildVectorStore(context, inline, path));
  }
  const id = fileSearch?.vector_store_ids?.[0];
  if (id === undefined) return { toolResources: {}, fileIds: [], changes: [] };
  await findVectorStore(context.store, id);
  return {
    toolResources: { file_search: { vector_store_ids: [id] } },
    fileIds: await listFileIds(context.store, id),
    changes: [],
  };
}

/**
 * Builds tool resources with a new vector store of these files. Removes duplicates and keeps the order.
 * @throws HttpError 404 if a file does not exist.
 */
export async function buildFileSearchResources(
  context: DomainContext,
  fileIds: readonly string[],
): Promise<BuiltToolResources> {
  return toToolResources(await buildVectorStore(context, { file_ids: fileIds }));
}

/** Returns tool resources that refer to a new vector store. */
export function toToolResources({
  vectorStore,
  fileIds,
  changes,
}: BuiltVectorStore): BuiltToolResources {
  return {
    toolResources: { file_search: { vector_store_ids: [vectorStore.id] } },
    fileIds,
    changes,
  };
}

/** Returns the ids of the vector stores that tool resources refer to. */
export function listVectorStoreIds(resources: Thread['tool_resources']): string[] {
  return resources?.file_search?.vector_store_ids ?? [];
}

async function listFileIds(store: Store, vectorStoreId: string): Promise<string[]> {
  const entries = await listFileEntries(store, vectorStoreId);
  return entries.map(({ file_id: id }) => id);
}
