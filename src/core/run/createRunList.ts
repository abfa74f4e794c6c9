import type { CallOptions } from '../../client/AssistantsClient.js';
import type { Page } from '../../protocol/types.js';

/** Query of one page of a run's messages or steps, in wire form. */
export interface RunListQuery {
  order: 'asc' | 'desc';
  limit: number;
  after?: string;
}

const PAGE_LIMIT = 100;
/** Limit for servers whose lists never end. */
const MAX_PAGES = 100;

interface RunListOptions<Item> {
  fetchPage: (query: RunListQuery, options: CallOptions) => Promise<Page<Item>>;
  /** Returns true if an item belongs to the run. @default every item does */
  isOfRun?: (item: Item) => boolean;
}

/** Loads the complete list, oldest first. */
export type RunList<Item> = (options: CallOptions) => Promise<Item[]>;

/**
 * Creates a function that loads all messages or steps of a run, oldest first, however many pages they take. It can be called
 * repeatedly: pages that only have finished items are not requested again.
 *
 * Some servers ignore the filter by run and answer with the whole thread. From these, only the newest page is loaded, because
 * the messages of a run are the newest of its thread.
 */
export function createRunList<Item extends { id: string; status: string }>({
  fetchPage,
  isOfRun = () => true,
}: RunListOptions<Item>): RunList<Item> {
  let finished: Item[] = [];
  let canFilterByRun = true;

  async function loadNewestPage(options: CallOptions): Promise<Item[]> {
    const { data } = await fetchPage({ order: 'desc', limit: PAGE_LIMIT }, options);
    return data.filter(isOfRun).reverse();
  }

  return async function load(options) {
    if (!canFilterByRun) return loadNewestPage(options);
    const items = [...finished];
    let after = finished.at(-1)?.id;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const query = {
        order: 'asc',
        limit: PAGE_LIMIT,
        ...(after !== undefined && { after }),
      } as const;
      const { data, has_more: hasMore } = await fetchPage(query, options);
      const itemsOfRun = data.filter(isOfRun);
      if (itemsOfRun.length < data.length && hasMore) {
        canFilterByRun = false;
        return loadNewestPage(options);
      }
      const lastId = data.at(-1)?.id;
      // Servers that ignore `after` send the first page again.
      if (lastId === after) break;
      items.push(...itemsOfRun);
      if (!hasMore) break;
      if (items.every(({ status }) => status !== 'in_progress')) finished = [...items];
      after = lastId;
    }
    return items;
  };
}
