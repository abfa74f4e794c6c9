/**
 * npm run bench: runs all benches and writes their tables into docs/benchmarks.md, with the machine and the versions. Names run
 * some benches and print their tables as Markdown: `npm run bench -- stream markdown`. Needs a machine without other load.
 * Exits 1 if a limit is missed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { argv, env, exit, version } from 'node:process';
import { ensureChromium } from '../scripts/findChromium.js';
import { root } from '../scripts/run.js';

/** @typedef {{ title: string, rows: import('./report.js').Row[] }} Table */

/** Name of each bench after `bench:`, and what it compares. */
const BENCHES = {
  thread:
    'A thread in Chromium beside text nodes in a bare DOM, a list virtualized with virtua whose markdown blocks are memoized, and a plain list with react-markdown. CPU time of the main thread.',
  stream:
    'Reading an event stream and following an answer, beside the official client and polling.',
  requests:
    'A conversation beside a page that asks for the run each second with the official client, and then for the messages.',
  markdown: "Our parser beside marked's lexer.",
  hostile: 'Texts that are made to freeze a page, rendered in Chromium.',
  search:
    'Questions in six languages to 50 documents, and searches in 10,000 passages, by words, by vectors and by both.',
  backend: 'The backend beside a bare Hono route that returns its request.',
  transfer:
    'Imports and exports of 10,000 and of 100,000 messages: the time, and the peak of the memory.',
  cluster: 'Servers with one SQLite file and with PostgreSQL, behind a proxy that takes turns.',
};

/** Sizes of other packages in kB, minified and gzipped without React. */
const OTHER_SIZES = {
  'react-markdown with remark-gfm': 48.9,
  streamdown: 155,
  'marked with dompurify': 26.3,
  'the openai client': 83,
  'useChat of the AI SDK': 49,
};

/** Length of the longest bar in characters. */
const BAR = 16;

const wanted = argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
/** @type {string[]} */
const sections = [];
/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const broken = [];
for (const [name, description] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const file = join(folder, name);
  const { status } = spawnSync('npm', ['run', `bench:${name}`], {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, BENCH_REPORT: file },
  });
  if (status !== 0) failed.push(name);
  if (existsSync(file)) sections.push(toSection(name, description, readTables(file)));
  else broken.push(name);
}
rmSync(folder, { recursive: true });
if (failed.length > 0) console.error(`\nMissed or failed: ${failed.join(', ')}`);
if (broken.length > 0)
  console.error(`Without a result: ${broken.join(', ')}. The page is not written.`);
if (wanted.length === 0 && broken.length === 0) writePage();
else console.log(`\n${sections.join('\n\n')}`);
exit(failed.length > 0 ? 1 : 0);

/**
 * Reads what a bench has printed. Lines of one list are one table.
 *
 * @param {string} file
 */
function readTables(file) {
  /** @type {Map<string, Table>} */
  const tables = new Map();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { title, rows } = /** @type {Table} */ (JSON.parse(line));
    const table = tables.get(title);
    if (table === undefined) tables.set(title, { title, rows });
    else table.rows.push(...rows);
  }
  return [...tables.values()];
}

/**
 * @param {string} name
 * @param {string} description
 * @param {readonly Table[]} tables
 */
function toSection(name, description, tables) {
  const parts = tables.map((table) => `### ${table.title}\n\n${toMarkdown(table)}`);
  return `## ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${description} \`npm run bench:${name}\`\n\n${parts.join('\n\n')}`;
}

/**
 * Writes a table as Markdown. Values of one unit, and ratios, get bars.
 *
 * @param {Table} table
 */
function toMarkdown({ rows }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (column) => column !== 'unit' && rows.some((row) => (row[column] ?? '') !== ''),
  );
  const plotted = findPlotted(rows);
  const lines = rows.map((row) => {
    const cells = columns.map((column) => toCell(row, column));
    return `| ${[...cells, ...(plotted === undefined ? [] : [toBar(row, plotted)])].join(' | ')} |`;
  });
  const heads = [...columns, ...(plotted === undefined ? [] : ['plot'])];
  return [`| ${heads.join(' | ')} |`, `| ${heads.map(() => '---').join(' | ')} |`, ...lines].join(
    '\n',
  );
}

/**
 * @param {import('./report.js').Row} row
 * @param {string} column
 */
function toCell(row, column) {
  const text = String(row[column] ?? '').replaceAll('|', '\\|');
  return column === 'value' && row['unit'] !== '' ? `${text} ${row['unit']}` : text;
}

/**
 * Returns the column to plot and its largest value.
 *
 * @param {readonly import('./report.js').Row[]} rows
 */
function findPlotted(rows) {
  const hasOneUnit = rows.length > 1 && new Set(rows.map((row) => row['unit'])).size === 1;
  for (const column of ['value', 'ratio']) {
    const numbers = rows.map((row) => Number(row[column] || NaN));
    const isPlotted = column === 'ratio' || hasOneUnit;
    const most = Math.max(...numbers.filter((number) => number >= 0));
    if (isPlotted && most > 0) return { column, most };
  }
  return undefined;
}

/**
 * @param {import('./report.js').Row} row
 * @param {{ column: string, most: number }} plotted
 */
function toBar(row, { column, most }) {
  const share = Number(row[column] || 0) / most;
  return '█'.repeat(Math.round(share * BAR)) || (share > 0 ? '▏' : '');
}

function writePage() {
  const browser = execFileSync(ensureChromium(), ['--version'], { encoding: 'utf8' }).trim();
  const text = `# Benchmarks

What the library costs, as ratios within one run, because times differ between machines. \`npm run bench\` has written this page.

| machine and versions | value |
| --- | --- |
| processor | ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'} |
| memory | ${Math.round(totalmem() / 2 ** 30)} GiB |
| system | ${type()} ${release().split('-')[0]} |
| Node | ${version} |
| browser | ${browser} |

## Sizes

Minified and gzipped, in kB, without React. \`npx size-limit\` measures ours and fails above the limits.

${toMarkdown({ title: '', rows: measureSizes() })}

${sections.join('\n\n')}
`;
  const page = join(root, 'docs/benchmarks.md');
  writeFileSync(page, text);
  execFileSync('npx', ['prettier', '--write', page], { cwd: root, stdio: 'inherit' });
}

/** Returns the sizes of our entries, and those of other packages as they were measured with the same settings. */
function measureSizes() {
  const output = execFileSync('npx', ['size-limit', '--json'], { cwd: root, encoding: 'utf8' });
  const ours = /** @type {{ name: string, size: number }[]} */ (JSON.parse(output));
  return [
    ...ours.map(({ name, size }) => ({ what: name, value: Number((size / 1_000).toFixed(1)) })),
    ...Object.entries(OTHER_SIZES).map(([what, value]) => ({
      what: `for comparison: ${what}`,
      value,
    })),
  ].map((row) => ({ ...row, unit: 'kB' }));
}
