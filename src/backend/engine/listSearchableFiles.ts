import type { FileObject } from '../../protocol/types.js';
import { SPLITTING, type Splitting } from '../search/splitText.js';
import { iterateList } from '../stores/iterateList.js';
import type { Collections, Store } from '../stores/Store.js';

/** A file that a run may search, and how its text is split. */
export interface SearchableFile {
  file: FileObject;
  splitting: Splitting;
}

/** Number of the newest messages that are searched for files. */
const MAX_MESSAGES = 500;

/**
 * Lists the files that a run may search, each once: those of the assistant when the run was created, of the thread, and of
 * its messages, including messages that the model does not get.
 */
export async function listSearchableFiles(
  store: Store,
  run: Collections['runs'],
): Promise<SearchableFile[]> {
  const splittings = new Map(run.file_ids.map((id) => [id, SPLITTING]));
  const assistant = await store.get('assistants', run.assistant_id);
  const thread = await store.get('threads', run.thread_id);
  for (const known of await listVectorStores(store, assistant?.tool_resources)) {
    for (const id of known.file_ids) if (splittings.has(id)) splittings.set(id, toSplitting(known));
  }
  for (const known of await listVectorStores(store, thread?.tool_resources)) {
    for (const id of known.file_ids) splittings.set(id, toSplitting(known));
  }
  for (const id of await listMessageFiles(store, run.thread_id))
    if (!splittings.has(id)) splittings.set(id, SPLITTING);

  const found: SearchableFile[] = [];
  for (const [id, splitting] of splittings) {
    const file = await store.get('files', id);
    if (file !== undefined) found.push({ file, splitting });
  }
  return found;
}

/** Returns the vector stores of an assistant or a thread. */
export async function listVectorStores(
  store: Store,
  resources: Collections['threads']['tool_resources'] | undefined,
): Promise<Collections['vectorStores'][]> {
  const ids = resources?.file_search?.vector_store_ids ?? [];
  const found = await Promise.all(ids.map((id) => store.get('vectorStores', id)));
  return found.filter((known) => known !== undefined);
}

/** Converts tokens to characters, about four per token. */
function toSplitting({ chunking_strategy: chunking }: Collections['vectorStores']): Splitting {
  if (chunking?.type !== 'static') return SPLITTING;
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = chunking.static;
  return { size: size * 4, overlap: Math.max(0, overlap) * 4 };
}

async function listMessageFiles(store: Store, threadId: string): Promise<string[]> {
  const ids: string[] = [];
  let count = 0;
  for await (const message of iterateList(store, 'messages', { parent: threadId, order: 'desc' })) {
    ids.push(...message.file_ids);
    count += 1;
    if (count === MAX_MESSAGES) break;
  }
  return ids;
}
