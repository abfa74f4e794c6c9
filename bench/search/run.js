/**
 * npm run bench:search: prints how often the document that answers a question is among the first five results, by words, by
 * vectors and by both, and how long a search in 10,000 passages takes in Node and in a page of Chromium.
 *
 * The vectors are those of a fake that counts groups of letters. With EMBEDDINGS_BASE_URL and EMBEDDINGS_MODEL, and
 * EMBEDDINGS_API_KEY if necessary, they are those of a real model.
 *
 * Exits 1 if words find fewer than they did, if both find fewer than words alone, or if a median exceeds 50 ms.
 */
import { readFileSync } from 'node:fs';
import { env, exit } from 'node:process';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArguments, ensureChromium } from '../../scripts/findChromium.js';
import { root } from '../../scripts/run.js';
import { embeddingsModel } from '../../src/backend/models/embeddingsModel.ts';
import { SPLITTING } from '../../src/backend/search/splitText.ts';
import { printTable } from '../report.js';
import { createBenchSearch } from './createBenchSearch.ts';
import { measureLatency } from './measureLatency.ts';
import { ngramEmbeddings } from './ngramEmbeddings.ts';
import { readDocuments } from './readDocuments.ts';

// The processes that search run the sources, too.
env['NODE_OPTIONS'] = `--import ${new URL('../../scripts/loadSources.js', import.meta.url)}`;

const LIMIT_MS = 50;
const LEAST_RECALL = 0.8;
const TOP = 5;
const WAYS = /** @type {const} */ (['words', 'vectors', 'both']);

const source = readFileSync(new URL('documents.txt', import.meta.url), 'utf8');
const recall = await measureRecall();
const latencies = { Node: await measureLatency(source), Chromium: await measureInPage() };
printTable(
  `Median of a search in 10,000 passages of 400 characters, at most ${LIMIT_MS} ms`,
  Object.entries(latencies).map(([where, { words, vectors, both }]) => ({
    where,
    'words (ms)': Math.round(words),
    'vectors (ms)': Math.round(vectors),
    'both (ms)': Math.round(both),
    'both / words': (both / words).toFixed(2),
  })),
);
const isSlow = Object.values(latencies).some(({ both }) => both > LIMIT_MS);
const isWrong = recall.words < LEAST_RECALL || recall.both < recall.words;
exit(isSlow || isWrong ? 1 : 0);

async function measureRecall() {
  const documents = readDocuments(source);
  const texts = Object.fromEntries(
    documents.map(({ name, text, language }) => [`${language} ${name}`, text]),
  );
  const { EMBEDDINGS_BASE_URL: baseUrl, EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY: apiKey } = env;
  const isReal = baseUrl !== undefined && model !== undefined;
  const embeddings = isReal
    ? embeddingsModel({ baseUrl, model, ...(apiKey && { apiKey }) })
    : ngramEmbeddings;
  const search = createBenchSearch(texts, embeddings, SPLITTING);
  /** @type {Record<string, { questions: number, words: number, vectors: number, both: number }>} */
  const rows = {};
  for (const { language, name, questions } of documents) {
    for (const question of questions) {
      for (const key of [language, 'all']) {
        rows[key] ??= { questions: 0, words: 0, vectors: 0, both: 0 };
        rows[key].questions += 1;
      }
      for (const way of WAYS) {
        const isFound = (await search(way, question, TOP)).includes(`${language} ${name}`);
        for (const key of [language, 'all']) rows[key][way] += isFound ? 1 : 0;
      }
    }
  }
  const { all, ...rest } = rows;
  printTable(
    `Recall@${TOP} in ${documents.length} documents, vectors of ${isReal ? model : 'a fake that counts groups of letters'}`,
    Object.entries({ ...rest, all }).map(([language, { questions, ...found }]) => ({
      language,
      questions,
      ...Object.fromEntries(WAYS.map((way) => [way, (found[way] / questions).toFixed(3)])),
    })),
  );
  return { words: all.words / all.questions, both: all.both / all.questions };
}

async function measureInPage() {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumArguments,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}bench/search/page.html`);
    return await page.evaluate(() => window.latency);
  } finally {
    await browser.close();
    await server.close();
  }
}
