import MiniSearch from 'minisearch';

/**
 * Section of a page of the documentation, or an export of the package.
 * @typedef {object} SearchEntry
 * @property {string} id Path of the page in Storybook, or of the file of the export.
 * @property {string} title
 * @property {string} place Page of the section, or entry point and kind of the export.
 * @property {string} text
 */

/**
 * Creates a full-text index. Names are found by their parts, too: `useThreadMessages` by "messages".
 * @param {readonly SearchEntry[]} entries
 * @returns {MiniSearch<SearchEntry>}
 */
export function createSearchIndex(entries) {
  /** @type {MiniSearch<SearchEntry>} */
  const index = new MiniSearch({
    fields: ['title', 'place', 'text'],
    storeFields: ['title', 'place', 'text'],
    tokenize: (text) =>
      text
        .split(/[^\p{L}\p{N}_-]+/u)
        .flatMap((word) => [word, ...word.split(/(?=[A-Z])|[_-]/)])
        .filter((word) => word !== ''),
    searchOptions: {
      boost: { title: 4 },
      // Guides explain, and exports have long names that match often.
      boostDocument: (id) => (String(id).endsWith('.md') ? 1 : 3),
      prefix: true,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  index.addAll([...new Map(entries.map((entry) => [entry.id, entry])).values()]);
  return index;
}

/**
 * Returns what matches a query, best first: before all others, what has the query as its name.
 * @param {MiniSearch<SearchEntry>} index
 * @param {string} query
 * @returns {SearchEntry[]}
 */
export function findEntries(index, query) {
  const name = query.trim().toLowerCase();
  /** @param {SearchEntry} entry */
  const isNamed = (entry) => entry.title.toLowerCase() === name;
  const found = index
    .search(query)
    .map((result) => /** @type {SearchEntry} */ (/** @type {unknown} */ (result)));
  return [...found.filter(isNamed), ...found.filter((entry) => !isNamed(entry))];
}

/**
 * Splits a page at its headings.
 * @param {string} page Path of the page in Storybook.
 * @param {string} markdown
 * @returns {SearchEntry[]}
 */
export function listSections(page, markdown) {
  const sections = markdown.split(/^(?=#{1,3} )/m).filter((section) => section.trim() !== '');
  const name = sections[0]?.match(/^# (.*)$/m)?.[1] ?? page;
  return sections.map((section) => {
    const title = section.match(/^#+ (.*)$/m)?.[1] ?? name;
    const anchor = title === name ? '' : `#${toAnchor(title)}`;
    return { id: page + anchor, title, place: name, text: section.replace(/^#+ .*$/m, '').trim() };
  });
}

/**
 * Returns the id that a heading has on a page.
 * @param {string} title
 * @returns {string}
 */
function toAnchor(title) {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}
