/** Position of an object in a list. */
export interface ListEntry {
  /** Insertion number of the object. Lists are sorted by it. */
  sequence: number;
  id: string;
}

/** Window of a list. Cursors are exclusive sequences. */
export interface ListWindow {
  order: 'asc' | 'desc';
  limit: number;
  after: number | undefined;
  before: number | undefined;
}

/** Named lists of ids, sorted by insertion. Empty lists take no memory. */
export interface SequenceLists {
  add(name: string, entry: ListEntry): void;
  /** Removes several entries in one pass. Removing them one by one would move the rest of the list each time. */
  remove(name: string, sequences: ReadonlySet<number>): void;
  /** Returns a page of lists that have no entry in common, by binary search. */
  getPage(names: readonly string[], window: ListWindow): { entries: ListEntry[]; hasMore: boolean };
  count(name: string): number;
}

/** Creates the list index of memoryStore. */
export function createSequenceLists(): SequenceLists {
  const lists = new Map<string, ListEntry[]>();
  return {
    add(name, entry) {
      const list = lists.get(name) ?? [];
      list.splice(findIndex(list, entry.sequence), 0, entry);
      lists.set(name, list);
    },

    remove(name, sequences) {
      const list = removeEntries(lists.get(name) ?? [], sequences);
      if (list.length === 0) lists.delete(name);
      else lists.set(name, list);
    },

    getPage(names, window) {
      const pages = names.map((name) => slicePage(lists.get(name) ?? [], window));
      const [only] = pages;
      return pages.length === 1 && only !== undefined ? only : mergePages(pages, window);
    },
    count: (name) => lists.get(name)?.length ?? 0,
  };
}

function removeEntries(list: ListEntry[], sequences: ReadonlySet<number>): ListEntry[] {
  const [first] = sequences;
  if (sequences.size !== 1 || first === undefined)
    return list.filter(({ sequence }) => !sequences.has(sequence));
  const index = findIndex(list, first);
  if (list[index]?.sequence === first) list.splice(index, 1);
  return list;
}

function slicePage(
  list: readonly ListEntry[],
  { order, limit, after, before }: ListWindow,
): { entries: ListEntry[]; hasMore: boolean } {
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  const start = oldest === undefined ? 0 : findIndex(list, oldest + 1);
  const end = Math.max(start, newest === undefined ? list.length : findIndex(list, newest));
  // With `before` alone, the page ends at the cursor. Otherwise it starts after `after`, or at the start of the list.
  const isFromStart = before === undefined || after !== undefined;
  const entries =
    isFromStart === (order === 'asc')
      ? list.slice(start, Math.min(end, start + limit))
      : list.slice(Math.max(start, end - limit), end);
  return {
    entries: order === 'asc' ? entries : entries.reverse(),
    hasMore: end - start > entries.length,
  };
}

function mergePages(
  pages: readonly { entries: ListEntry[]; hasMore: boolean }[],
  { order, limit, after, before }: ListWindow,
): { entries: ListEntry[]; hasMore: boolean } {
  const direction = order === 'asc' ? 1 : -1;
  const merged = pages
    .flatMap(({ entries }) => entries)
    .toSorted((a, b) => (a.sequence - b.sequence) * direction);
  const isFromStart = before === undefined || after !== undefined;
  const entries = isFromStart ? merged.slice(0, limit) : merged.slice(-limit);
  return {
    entries,
    hasMore: merged.length > entries.length || pages.some(({ hasMore }) => hasMore),
  };
}

/** Returns the index of the first entry whose sequence is not smaller. */
function findIndex(list: readonly ListEntry[], sequence: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
