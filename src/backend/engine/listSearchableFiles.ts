import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { FileObject } from '../../protocol/types.js';
import { listSearchAttachments } from '../domain/vectorStores/attachFiles.js';
import { isExpired } from '../domain/vectorStores/expiry.js';
import type { FileEntry } from '../domain/vectorStores/fileEntries.js';
import { listFileEntries } from '../domain/vectorStores/listFileEntries.js';
import { SPLITTING, type Splitting } from '../search/splitText.js';
import { iterateList } from '../stores/iterateList.js';
import type { Collections, Store } from '../stores/Store.js';

/** A file to search, and how its text is split. */
export interface SearchableFile {
  file: FileObject;
  splitting: Splitting;
}

/** Files that a run searches. */
export interface SearchScope {
  files: SearchableFile[];
  /** Ids of the vector stores that the files are from. */
  vectorStoreIds: string[];
  /** Sentences for the user about vector stores that are not searched. */
  notices: string[];
}

/** Number of the newest messages that are searched for files. */
const MAX_MESSAGES = 500;

/**
 * Lists the files that a run may search, each once: those in the vector stores of the run and its thread, and those of
 * messages that are in no store, including messages that the model does not get.
 */
export async function listSearchableFiles(
  store: Store,
  run: Collections['runs'],
  nowMs: number,
): Promise<SearchScope> {
  const { stores, threadStores } = await findVectorStores(store, run);
  const splittings = new Map<string, Splitting>();
  const notices: string[] = [];
  const used: string[] = [];
  for (const vectorStore of [...stores, ...threadStores]) {
    if (isExpired(vectorStore, toUnixSeconds(nowMs))) {
      notices.push(`The vector store ${vectorStore.id} was not searched, because it is expired.`);
      continue;
    }
    used.push(vectorStore.id);
    for (const entry of await listFileEntries(store, vectorStore.id))
      splittings.set(entry.file_id, toSplitting(entry));
  }
  const others = [
    // The assistant of another server may name a vector store that was not imported.
    ...(stores.length === 0 ? run.file_ids : []),
    ...(await listMessageFiles(store, run.thread_id, threadStores.length > 0)),
  ];
  for (const id of others) if (!splittings.has(id)) splittings.set(id, SPLITTING);
  return { files: await findFiles(store, splittings), vectorStoreIds: used, notices };
}

/** Lists the files of a vector store. */
export async function listStoreFiles(
  store: Store,
  entries: readonly FileEntry[],
): Promise<SearchableFile[]> {
  const splittings = new Map(entries.map((entry) => [entry.file_id, toSplitting(entry)]));
  return findFiles(store, splittings);
}

/** Lists the ids of the files in the vector stores of a run and its thread. */
export async function listVectorStoreFileIds(
  store: Store,
  run: Collections['runs'],
): Promise<string[]> {
  const { stores, threadStores } = await findVectorStores(store, run);
  const ids = stores.length === 0 ? [...run.file_ids] : [];
  for (const { id } of [...stores, ...threadStores])
    for (const entry of await listFileEntries(store, id)) ids.push(entry.file_id);
  return ids;
}

/** Returns the vector stores of a run, and of its thread. */
async function findVectorStores(
  store: Store,
  run: Collections['runs'],
): Promise<Record<'stores' | 'threadStores', Collections['vectorStores'][]>> {
  const thread = await store.get('threads', run.thread_id);
  const find = async (ids: readonly string[] = []) => {
    const found = await Promise.all(ids.map((id) => store.get('vectorStores', id)));
    return found.filter((known) => known !== undefined);
  };
  return {
    stores: await find(run.vector_store_ids),
    threadStores: await find(thread?.tool_resources?.file_search?.vector_store_ids),
  };
}

async function findFiles(
  store: Store,
  splittings: ReadonlyMap<string, Splitting>,
): Promise<SearchableFile[]> {
  const found: SearchableFile[] = [];
  for (const [id, splitting] of splittings) {
    const file = await store.get('files', id);
    if (file !== undefined) found.push({ file, splitting });
  }
  return found;
}

/** Converts tokens to characters, about four per token. */
export function toSplitting({ chunking_strategy: chunking }: FileEntry): Splitting {
  if (chunking?.type !== 'static') return SPLITTING;
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = chunking.static;
  return { size: size * 4, overlap: Math.max(0, overlap) * 4 };
}

/** @param hasStore True if files that were attached for the search are in the vector store of the thread. */
async function listMessageFiles(
  store: Store,
  threadId: string,
  hasStore: boolean,
): Promise<string[]> {
  const ids: string[] = [];
  let count = 0;
  for await (const message of iterateList(store, 'messages', { parent: threadId, order: 'desc' })) {
    const inStore = new Set(hasStore ? listSearchAttachments(message) : []);
    ids.push(...message.file_ids.filter((id) => !inStore.has(id)));
    count += 1;
    if (count === MAX_MESSAGES) break;
  }
  return ids;
}
