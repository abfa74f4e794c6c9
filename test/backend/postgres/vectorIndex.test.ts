import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ngramEmbeddings } from '../../../bench/search/ngramEmbeddings.js';
import { readDocuments } from '../../../bench/search/readDocuments.js';
import type { EmbeddingsModel } from '../../../src/backend/search/vectors/EmbeddingsModel.js';
import { encodeBytes } from '../../../src/backend/search/vectors/encodeBytes.js';
import { indexVectors } from '../../../src/backend/search/vectors/indexVectors.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import {
  postgresStore,
  type PostgresStore,
} from '../../../src/backend/stores/postgres/postgresStore.js';
import type { Change, Store } from '../../../src/backend/stores/Store.js';
import { assertProperty } from '../../assertProperty.js';
import { createFakeEmbeddings } from '../search/createFakeEmbeddings.js';
import { FILES, startVectorBackend } from '../startVectorBackend.js';
import { type PgliteServer, startPglite } from './startPglite.js';

let server: PgliteServer;
let sql: postgres.Sql;
let schemaCount = 0;
let schema: string;
const opened: PostgresStore[] = [];
const statements: string[] = [];

beforeAll(async () => {
  server = await startPglite();
  sql = postgres(server.url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    debug: (_, text) => statements.push(text),
  });
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await sql.unsafe('RESET ROLE; RESET search_path');
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
});

/** Opens a store in the schema of the test, as a process does when it starts. */
function reopen(notices: string[] = []): PostgresStore {
  const store = postgresStore({ sql, schema, onNotice: (message) => notices.push(message) });
  opened.push(store);
  return store;
}

function open(notices: string[] = []): PostgresStore {
  schemaCount += 1;
  schema = `vectors_${schemaCount}`;
  return reopen(notices);
}

const countIndexed = async () =>
  Number((await sql.unsafe(`SELECT count(*) FROM ${schema}.passage_vectors`))[0]?.['count']);

/** Returns a store whose vectors are compared in memory, like those of another database. */
const withoutIndex = (store: PostgresStore): Store => ({
  ...store,
  vectorIndex: { add: async () => undefined, search: async () => undefined },
});

/** Returns the changes that store vectors of a file, two in each batch. */
function createBatches(fileId: string, key: string, vectors: readonly Int8Array[]): Change[] {
  return vectors.flatMap((vector, first): Change[] => {
    if (first % 2 === 1) return [];
    const values = new Int8Array(vector.length * Math.min(2, vectors.length - first));
    vectors
      .slice(first, first + 2)
      .forEach((each, index) => values.set(each, index * vector.length));
    const object = {
      id: `${key}/${first}`,
      file_id: fileId,
      key,
      first,
      dimensions: vector.length,
      values: encodeBytes(values),
      is_last: first + 2 >= vectors.length,
    };
    return [{ type: 'put', collection: 'fileVectors', object, parent: fileId }];
  });
}

const join = (vectors: readonly Int8Array[]) =>
  Int8Array.from(vectors.flatMap((vector) => [...vector]));

describe('the index of a database with pgvector', () => {
  it('ranks the passages of a labelled set as the memory does', async () => {
    const documents = readDocuments(
      readFileSync(new URL('../../../bench/search/documents.txt', import.meta.url), 'utf8'),
    );
    const files = Object.fromEntries(
      documents.map(({ language, name, text }) => [`${language} ${name}`, text]),
    );
    const questions = documents.flatMap((document) => document.questions.slice(0, 1));
    const [inMemory, inDatabase] = [memoryStore(), open()].map((store) =>
      startVectorBackend(ngramEmbeddings, { store }),
    );
    if (inMemory === undefined || inDatabase === undefined) throw new Error('No backends.');
    const ids = [await inMemory.createStore(files), await inDatabase.createStore(files)];
    expect(await countIndexed()).toBe(documents.length);
    for (const [index, query] of questions.entries()) {
      const ranker = index % 2 === 0 ? 'auto' : 'none';
      const body = { query, max_num_results: 20, ranking_options: { ranker } };
      const [expected, found] = [
        await inMemory.search(ids[0]?.id ?? '', body),
        await inDatabase.search(ids[1]?.id ?? '', body),
      ].map((results) =>
        results.map(({ filename, score }) => ({ filename, score: score.toFixed(3) })),
      );
      expect({ query, found }).toEqual({ query, found: expected });
    }
  });

  it('finds the vectors that the memory finds, for random values', async () => {
    const store = open();
    let count = 0;
    const dimensions = 3;
    const value = fc.integer({ min: -127, max: 127 });
    const vector = fc.int8Array({ minLength: dimensions, maxLength: dimensions });
    // The memory scales the largest value of a query to 127.
    const query = fc.tuple(value, value).map(([one, other]) => Int8Array.of(one, 127, other));
    await assertProperty(
      fc.asyncProperty(
        fc.array(fc.array(vector, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        query,
        fc.integer({ min: 1, max: 20 }),
        async (files, wanted, limit) => {
          count += 1;
          const named = files.map((vectors, index) => {
            const fileId = `file-${count}-${index}`;
            return { fileId, key: `${fileId}/key "quoted" \\ ü`, vectors };
          });
          for (const { fileId, key, vectors } of named) {
            await store.write(createBatches(fileId, key, vectors));
            await store.vectorIndex.add(key);
          }
          const keys = named.map(({ key }) => key);
          const found = await store.vectorIndex.search({ vector: wanted, keys, limit });
          const expected = indexVectors(
            named.map(({ fileId, vectors }) => ({ fileId, dimensions, values: join(vectors) })),
          ).search(Float32Array.from(wanted), limit);
          const similar = (found?.passages ?? []).filter(({ similarity }) => similarity > 0);
          expect(found?.keys).toEqual(new Set(keys));
          expect(similar.map(({ similarity }) => similarity.toFixed(4))).toEqual(
            expected.map(({ similarity }) => similarity.toFixed(4)),
          );
          // Those that are as similar as the last one may be others.
          const listBest = (passages: typeof similar) =>
            passages
              .filter(({ similarity }) => similarity > (expected.at(-1)?.similarity ?? 0) + 1e-6)
              .map(({ fileId, number }) => `${fileId} ${number}`)
              .toSorted();
          expect(listBest(similar)).toEqual(listBest(expected));
        },
      ),
      { name: 'vectorIndex', full: 1_000, small: 30 },
    );
  });

  it('takes the vectors of a deleted file with it, and only those', async () => {
    const store = open();
    const backend = startVectorBackend(createFakeEmbeddings(), { store });
    const { id, fileIds } = await backend.createStore();
    expect(await countIndexed()).toBe(3);
    await backend.call('DELETE', `/files/${fileIds[0]}`);
    expect(await countIndexed()).toBe(2);
    expect(await backend.searchNames(id, 'auto')).toEqual([]);
    expect(await backend.searchNames(id, 'holiday')).toEqual(['rest.txt']);
  });

  it('keeps the vectors of a file whose deletion fails', async () => {
    const store = open();
    await startVectorBackend(createFakeEmbeddings(), { store }).createStore();
    const page = await store.list('fileVectors', { order: 'asc', limit: 10 });
    const removals = (page?.data ?? []).map(({ id }): Change => ({
      type: 'remove',
      collection: 'fileVectors',
      id,
    }));
    // A child without a parent is refused.
    const refused = { id: 'vs_1/file-1', vector_store_id: 'vs_1' };
    const put = { type: 'put', collection: 'vectorStoreFiles', object: refused } as Change;
    await expect(store.write([...removals, put])).rejects.toThrow('needs a parent');
    expect(await countIndexed()).toBe(3);
    await store.write(removals);
    expect(await countIndexed()).toBe(0);
  });

  it('finds nothing in the files of other users', async () => {
    let user = 'ann';
    const store = open();
    const backend = startVectorBackend(createFakeEmbeddings(), { store, user: () => user });
    const own = await backend.createStore({ 'ann.txt': 'A vehicle.' });
    user = 'ben';
    const other = await backend.createStore({ 'ben.txt': 'A vehicle.' });
    expect(await backend.searchNames(other.id, 'auto', { ranker: 'none' })).toEqual(['ben.txt']);
    expect(
      (await backend.send('POST', `/v1/vector_stores/${own.id}/search`, { query: 'auto' })).status,
    ).toBe(404);
    user = 'ann';
    expect(await backend.searchNames(own.id, 'auto', { ranker: 'none' })).toEqual(['ann.txt']);
  });

  it('is used by a process that starts later, which computes and loads no vectors', async () => {
    const { id } = await startVectorBackend(createFakeEmbeddings(), {
      store: open(),
    }).createStore();
    const embed = createFakeEmbeddings();
    const next = startVectorBackend(embed, { store: reopen() });
    expect(await next.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(embed.calls.map(({ purpose }) => purpose)).toEqual(['query']);
    statements.length = 0;
    expect(await next.searchNames(id, 'holiday')).toEqual(['rest.txt']);
    expect(
      statements.filter((text) => text.startsWith('SELECT json') && text.includes('file_vectors')),
    ).toEqual([]);
  });

  it('gets the vectors that were stored before it existed', async () => {
    const { id } = await startVectorBackend(createFakeEmbeddings(), {
      store: withoutIndex(open()),
    }).createStore();
    const embed = createFakeEmbeddings();
    const next = startVectorBackend(embed, { store: reopen() });
    expect(await next.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(await countIndexed()).toBe(3);
    expect(embed.calls.map(({ purpose }) => purpose)).toEqual(['query']);
  });

  it('loses the vectors of a model when another one has computed its own', async () => {
    const { id } = await startVectorBackend(createFakeEmbeddings(), {
      store: open(),
    }).createStore();
    const other = startVectorBackend(createFakeEmbeddings({ id: 'other' }), { store: reopen() });
    expect(await other.searchNames(id, 'auto')).toEqual(['garage.txt']);
    await other.backend.idle();
    expect(await countIndexed()).toBe(3);
  });

  it('tells a server when another one with another model has replaced its vectors', async () => {
    const first = startVectorBackend(createFakeEmbeddings(), { store: open() });
    const { id } = await first.createStore();
    const second = startVectorBackend(createFakeEmbeddings({ id: 'other' }), { store: reopen() });
    await second.searchNames(id, 'auto');
    await first.searchNames(id, 'auto');
    expect((await first.ask(id))?.metadata?.['notice']).toContain(
      'Another server uses another embeddings model.',
    );
  });

  it('searches the files whose vectors are as long as that of the query', async () => {
    const embed = createFakeEmbeddings();
    const store = open();
    const { id } = await startVectorBackend(embed, { store }).createStore();
    const longer = createFakeEmbeddings();
    const respond = longer.embed.bind(longer);
    longer.embed = async (texts, options) =>
      (await respond(texts, options)).map((vector) => Float32Array.from([...vector, 0]));
    const generateId = (prefix: string) => `${prefix}${randomUUID()}`;
    const next = startVectorBackend(longer, { store: reopen(), generateId });
    const fileId = await next.upload('new.txt', 'Another vehicle.');
    await next.call('POST', `/vector_stores/${id}/files`, { file_id: fileId });
    await next.backend.idle();
    expect(await next.searchNames(id, 'automobile')).toEqual(['new.txt']);
    expect(await countIndexed()).toBe(4);
  });

  it('needs no memory for vectors, so that their size is not limited', async () => {
    const limits = { files: { vectorBytes: 8 } };
    const backend = startVectorBackend(createFakeEmbeddings(), { store: open(), limits });
    const { id } = await backend.createStore();
    expect((await backend.ask(id))?.metadata?.['notice']).toBeUndefined();
    expect((await backend.search(id, { query: 'tea holiday auto' })).length).toBe(2);
  });

  it('searches only the files that a filter selects', async () => {
    const backend = startVectorBackend(createFakeEmbeddings(), { store: open() });
    const { id, fileIds } = await backend.createStore();
    await backend.call('POST', `/vector_stores/${id}/files/${fileIds[0]}`, {
      attributes: { kind: 'x' },
    });
    const search = async (type: string) =>
      (
        await backend.search(id, {
          query: 'automobile on holiday',
          filters: { type, key: 'kind', value: 'x' },
        })
      ).map(({ filename }) => filename);
    expect(await search('eq')).toEqual(['garage.txt']);
    expect(await search('ne')).toEqual(['rest.txt']);
  });

  it('uses an HNSW index for vectors of one length', async () => {
    const store = open();
    const vectors = [Int8Array.of(1, 0, 0), Int8Array.of(0, 127, 0), Int8Array.of(0, 0, 0)];
    await store.write(createBatches('file-1', 'key', vectors));
    await store.vectorIndex.add('key');
    await sql.unsafe(
      `CREATE INDEX nearest ON ${schema}.passage_vectors
        USING hnsw ((embedding::halfvec(3)) halfvec_cosine_ops) WHERE dimensions = 3`,
    );
    // The table is too small for an index otherwise.
    await sql.unsafe('SET enable_sort = off; SET enable_seqscan = off');
    statements.length = 0;
    const query = { vector: Int8Array.of(1, 1, 0), keys: ['key'], limit: 10 };
    const found = await store.vectorIndex.search(query);
    expect(found?.passages.map(({ number }) => number).toSorted()).toEqual([0, 1]);
    const text = statements.find((each) => each.includes('embedding')) ?? '';
    const plan = await sql.unsafe(`EXPLAIN ${text}`, ['{"key"}', '[1,1,0]', 10]);
    await sql.unsafe('RESET enable_sort; RESET enable_seqscan');
    expect(JSON.stringify(plan)).toContain('Index Scan using nearest');
  });
});

describe('vectors that cannot be compared', () => {
  const withVectors = (toVector: (text: string) => Float32Array): EmbeddingsModel => ({
    id: 'hostile',
    batchSize: 64,
    embed: async (texts) => texts.map(toVector),
  });

  it.each<[string, () => Float32Array]>([
    ['zeros', () => new Float32Array(4)],
    ['NaN', () => new Float32Array(4).fill(Number.NaN)],
    ['infinite values', () => Float32Array.of(Infinity, 1, -Infinity, 0)],
  ])('are similar to nothing: %s', async (_, create) => {
    const isHostile = (text: string) => text.includes('vacation') || text === 'hostile';
    const embed = withVectors((text) => (isHostile(text) ? create() : Float32Array.of(1, 2, 3, 4)));
    const backend = startVectorBackend(embed, { store: open() });
    const { id } = await backend.createStore();
    const names = ['garage.txt', 'drinks.txt'];
    expect(await backend.searchNames(id, 'anything', { ranker: 'none' })).toEqual(names);
    expect(await backend.searchNames(id, 'hostile', { ranker: 'none' })).toEqual([]);
    expect(await backend.searchNames(id, 'vacation')).toEqual(['rest.txt']);
  });

  it('are compared in memory if they have more values than the extension allows', async () => {
    const notices: string[] = [];
    const embed = withVectors((text) => {
      const vector = new Float32Array(16_001);
      vector[16_000] = text.includes('auto') || text.includes('vehicle') ? 1 : -1;
      return vector;
    });
    const backend = startVectorBackend(embed, { store: open(notices) });
    const { id } = await backend.createStore();
    expect(await backend.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(await countIndexed()).toBe(0);
    expect(notices).toEqual([]);
  });

  it('are compared by the database if they have as many values as the extension allows', async () => {
    const embed = withVectors((text) => new Float32Array(16_000).fill(text.length));
    const backend = startVectorBackend(embed, { store: open() });
    const { id } = await backend.createStore(FILES);
    expect(await backend.searchNames(id, 'car', { ranker: 'none' })).toHaveLength(3);
    expect(await countIndexed()).toBe(3);
  });
});

describe('a database without pgvector', () => {
  const removeExtension = () => sql.unsafe('DROP EXTENSION IF EXISTS vector CASCADE');

  /** Searches twice, and expects the results that the memory has. */
  async function expectSearch(store: Store): Promise<void> {
    const backend = startVectorBackend(createFakeEmbeddings(), { store });
    const { id } = await backend.createStore();
    expect(await backend.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(await backend.searchNames(id, 'holiday')).toEqual(['rest.txt']);
  }

  it('compares them in memory, and says nothing', async () => {
    await removeExtension();
    // Views hide what the server has.
    await sql.unsafe(
      `CREATE SCHEMA IF NOT EXISTS hidden;
      CREATE OR REPLACE VIEW hidden.pg_available_extensions AS SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'vector'`,
    );
    await sql.unsafe('SET search_path = hidden, pg_catalog, public');
    const notices: string[] = [];
    await expectSearch(open(notices));
    expect(notices).toEqual([]);
    expect(await sql`SELECT FROM pg_extension WHERE extname = 'vector'`).toHaveLength(0);
  });

  it('says so once if its user may not create the extension', async () => {
    await removeExtension();
    await sql.unsafe('DROP ROLE IF EXISTS limited; CREATE ROLE limited');
    await sql.unsafe('GRANT CREATE ON DATABASE postgres TO limited');
    await sql.unsafe('SET ROLE limited');
    const notices: string[] = [];
    await expectSearch(open(notices));
    expect(notices).toEqual([
      expect.stringMatching(
        /^The PostgreSQL server has the extension vector, but the store cannot use it\. .*permission denied .*CREATE EXTENSION vector as a superuser/,
      ),
    ]);
  });

  it('says so once if the extension is too old', async () => {
    await open().vectorIndex.add('key');
    await sql.unsafe(
      `CREATE SCHEMA IF NOT EXISTS old;
      CREATE OR REPLACE VIEW old.pg_type AS SELECT * FROM pg_catalog.pg_type WHERE typname <> 'halfvec'`,
    );
    await sql.unsafe('SET search_path = old, pg_catalog, public');
    const notices: string[] = [];
    await expectSearch(open(notices));
    expect(notices).toEqual([expect.stringContaining('The store needs version 0.7.0')]);
  });

  it('continues in memory when the extension is removed, and has the index again after a restart', async () => {
    const notices: string[] = [];
    const embed = createFakeEmbeddings();
    const store = open(notices);
    const backend = startVectorBackend(embed, { store });
    const { id, fileIds } = await backend.createStore();
    expect(await backend.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    await removeExtension();
    expect(await backend.searchNames(id, 'vehicles')).toEqual(['garage.txt']);
    expect(await backend.searchNames(id, 'holiday')).toEqual(['rest.txt']);
    expect(notices).toEqual([expect.stringContaining('was removed from the database')]);
    await backend.call('DELETE', `/files/${fileIds[1]}`);

    const next = startVectorBackend(createFakeEmbeddings(), { store: reopen(notices) });
    expect(await next.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(await countIndexed()).toBe(2);
    expect(notices).toHaveLength(1);
  });

  it('finds an extension that is in another schema', async () => {
    await removeExtension();
    await sql.unsafe('CREATE SCHEMA "Other Schema"; CREATE EXTENSION vector SCHEMA "Other Schema"');
    await expectSearch(open());
    expect(await countIndexed()).toBe(3);
    await sql.unsafe('DROP SCHEMA "Other Schema" CASCADE');
  });
});
