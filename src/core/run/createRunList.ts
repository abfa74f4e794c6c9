import type { CallOptions } from '../../client/AssistantsClient.js';
import type { Page } from '../../protocol/types.js';

/** What a page of a run's messages or steps is asked for by, in wire form. */
export interface RunListQuery {
  order: 'asc' | 'desc';
  limit: number;
  after?: string;
}

const PAGE_LIMIT = 100;
/** Where a server finds no end. */
const PAGES_AT_MOST = 100;

interface RunListOptions<Item> {
  fetchPage: (query: RunListQuery, options: CallOptions) => Promise<Page<Item>>;
  /** Whether an item is of the run. @default all are */
  isOwn?: (item: Item) => boolean;
}

/** Asks for all that there is of a list, oldest first. */
export type RunList<Item> = (options: CallOptions) => Promise<Item[]>;

/**
 * Lists the messages or steps of a run again and again, oldest first, however many pages they take. A page of which all has
 * ended is not asked for twice. Of a server that cannot list by run, and answers with the whole thread, it takes the newest
 * page: a run is at the end of its thread.
 */
export function createRunList<Item extends { id: string; status: string }>({
  fetchPage,
  isOwn = () => true,
}: RunListOptions<Item>): RunList<Item> {
  let ended: Item[] = [];
  let isByRun = true;

  return async function list(options): Promise<Item[]> {
    if (!isByRun) {
      const { data } = await fetchPage({ order: 'desc', limit: PAGE_LIMIT }, options);
      return data.filter(isOwn).reverse();
    }
    const listed = [...ended];
    let after = ended.at(-1)?.id;
    for (let pages = 0; pages < PAGES_AT_MOST; pages += 1) {
      const { data, has_more: hasMore } = await fetchPage(
        { order: 'asc', limit: PAGE_LIMIT, ...(after !== undefined && { after }) },
        options,
      );
      const own = data.filter(isOwn);
      const last = data.at(-1)?.id;
      if (own.length < data.length && hasMore) {
        isByRun = false;
        return list(options);
      }
      // A server that knows no cursors sends the first page again.
      if (last === after) break;
      listed.push(...own);
      if (!hasMore) break;
      if (listed.every(({ status }) => status !== 'in_progress')) ended = [...listed];
      after = last;
    }
    return listed;
  };
}
