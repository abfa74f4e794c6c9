/**
 * npm run bench:markdown: compares our parser with marked's lexer, in one process and one run, with all inline text parsed. A
 * ratio below 1 means that ours is faster. Exits 1 if ours is slower at an answer, whole or growing, or if the time for a
 * hostile text that is eight times as long is more than three times the linear time.
 */
import { exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Lexer } from 'marked';
import { createServer } from 'vite';
import { printTable } from './report.js';

const ROUNDS = 9;
/** Time for which each parser runs before it is measured, in milliseconds, so that the engine can optimize it. */
const WARM_MS = 500;
const ANSWER = 17_000;
/** UTF-16 units added per frame. */
const TOKEN = 12;
const MOST_GROWTH = 24;

const root = fileURLToPath(new URL('..', import.meta.url));
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, watch: null },
});
const { decodeName } = await server.ssrLoadModule('/src/components/markdown/parse/decodeName.ts');
const { parseInline } = await server.ssrLoadModule('/src/components/markdown/parse/parseInline.ts');
const { parseIncrementally } = await server.ssrLoadModule(
  '/src/components/markdown/parseIncrementally.ts',
);
const { richMarkdown } = await server.ssrLoadModule('/stories/fixtures.ts');
const { repeatedPieces, startsBeforeSpaces } = await server.ssrLoadModule(
  '/test/components/markdown/parse/repeatedPieces.ts',
);
await server.close();

const answer = `${richMarkdown}\n\n`
  .repeat(Math.ceil(ANSWER / richMarkdown.length))
  .slice(0, ANSWER);
/** @type {{ text: string, ours: string, marked: string, ratio: string, growth: string, verdict: string }[]} */
const rows = [];

compare(
  'an answer of 17 kB, whole',
  () => parseOurs(answer),
  () => Lexer.lex(answer),
);
compare('the same, growing by 12 characters', growOurs, growMarked);
for (const [name, piece] of [
  ['open emphasis', '**a *b _c '],
  ['brackets', '[a](b '],
  ['quotes', '> a\n'],
]) {
  const [short, long] = [1_000, 8_000].map((size) => piece.repeat(Math.ceil(size / piece.length)));
  compare(
    `${name}, 8,000 characters`,
    () => parseOurs(long),
    () => Lexer.lex(long),
    () => parseOurs(short),
  );
}
printTable('Parsing markdown', rows);
const slow = [...repeatedPieces.map(repeat), ...startsBeforeSpaces.map(addSpaces)].filter(isSlow);
for (const create of slow) console.error(`MISSED: ${JSON.stringify(create(20))} is not linear.`);
exit(slow.length > 0 || rows.some(({ verdict }) => verdict === 'MISSED') ? 1 : 0);

/** @param {string} piece @returns {(size: number) => string} */
function repeat(piece) {
  return (size) => piece.repeat(Math.ceil(size / piece.length));
}

/** @param {string} start @returns {(size: number) => string} */
function addSpaces(start) {
  return (size) => `${start}${' '.repeat(size)}b`;
}

/**
 * Returns true if the time for a text of eight times the length grows by more than three times as much. Tries five
 * times, because other load affects single measures.
 * @param {(size: number) => string} create
 */
function isSlow(create) {
  const [short, long] = [create(8_000), create(64_000)];
  const getFastest = (/** @type {string} */ text) =>
    Math.min(...[1, 2, 3].map(() => measureMs(() => parseOurs(text))));
  return [1, 2, 3, 4, 5].every(() => getFastest(long) / getFastest(short) > MOST_GROWTH);
}

/**
 * @param {string} text
 * @param {() => void} ours
 * @param {() => void} marked
 * @param {() => void} [short] ours of an eighth of it
 */
function compare(text, ours, marked, short) {
  const times = [ours, marked, short ?? ours].map(() => /** @type {number[]} */ ([]));
  for (const act of [ours, marked]) {
    for (const begin = performance.now(); performance.now() - begin < WARM_MS;) act();
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    [ours, marked, short ?? ours].forEach((act, index) => times[index]?.push(measureMs(act)));
  }
  const [our = 0, their = 0, eighth = 0] = times.map(median);
  const growth = short === undefined ? undefined : our / eighth;
  const isMissed = growth === undefined ? our > their : growth > MOST_GROWTH;
  rows.push({
    text,
    ours: ms(our),
    marked: ms(their),
    ratio: (our / their).toFixed(2),
    growth: growth?.toFixed(1) ?? '',
    verdict: isMissed ? 'MISSED' : 'ok',
  });
}

/** @param {string} text */
function parseOurs(text) {
  const { blocks, links } = parseIncrementally(text, false);
  parseMarks(
    blocks.map(({ block }) => block),
    links,
  );
}

/** Parses like the page: unchanged blocks are not parsed again. */
function growOurs() {
  /** @type {import('../src/components/markdown/parseIncrementally.js').ParsedText | undefined} */
  let read;
  const parsed = new WeakSet();
  for (let end = TOKEN; end <= answer.length; end += TOKEN) {
    read = parseIncrementally(answer.slice(0, end), true, read);
    const fresh = read.blocks.map(({ block }) => block).filter((block) => !parsed.has(block));
    parseMarks(fresh, read.links);
    for (const block of fresh) parsed.add(block);
  }
}

/** Parses like a page that uses marked: blocks with the same source are not parsed again, but the whole text is lexed. */
function growMarked() {
  const parsed = new Set();
  for (let end = TOKEN; end <= answer.length; end += TOKEN) {
    const lexer = new Lexer();
    const fresh = lexer.blockTokens(answer.slice(0, end), []).filter(({ raw }) => !parsed.has(raw));
    for (const { raw } of fresh) parsed.add(raw);
    for (const { src, tokens } of lexer.inlineQueue)
      if (fresh.some(({ raw }) => raw.includes(src))) lexer.inlineTokens(src, tokens);
  }
}

/**
 * @param {readonly import('../src/components/markdown/parse/tokens.js').Block[]} blocks
 * @param {import('../src/components/markdown/parse/tokens.js').LinkDefinitions} links
 */
function parseMarks(blocks, links) {
  for (const block of blocks) {
    if (block.type === 'quote') parseMarks(block.blocks, links);
    else if (block.type === 'list')
      for (const { blocks: inside } of block.items) parseMarks(inside, links);
    else if (block.type === 'table')
      for (const cell of block.rows.flat()) parseInline(cell, { links, decodeName });
    else if (block.type === 'paragraph' || block.type === 'heading')
      parseInline(block.text, { links, isUnfinished: block.isUnfinished, decodeName });
  }
}

/** @param {() => void} act */
function measureMs(act) {
  const before = performance.now();
  act();
  return performance.now() - before;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** @param {number} value */
function ms(value) {
  return `${value.toFixed(2)} ms`;
}
