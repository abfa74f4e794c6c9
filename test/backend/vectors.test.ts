import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type {
  VectorStore,
  VectorStoreFile,
  VectorStoreSearchResultsPage,
} from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import { createFakeEmbeddings, SERVER_IS_AWAY } from './search/createFakeEmbeddings.js';
import { FILES, startVectorBackend as start } from './startVectorBackend.js';

describe('search by vectors', () => {
  it('finds a passage that shares no word with the query', async () => {
    const words = start(undefined);
    expect(await words.searchNames((await words.createStore()).id, 'automobile')).toEqual([]);
    const both = start(createFakeEmbeddings());
    const { id } = await both.createStore();
    expect(await both.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect(await both.searchNames(id, 'holiday')).toEqual(['rest.txt']);
  });

  it('fuses both rankings, and still finds what only the words have', async () => {
    const server = start(createFakeEmbeddings());
    const { id } = await server.createStore();
    expect(await server.searchNames(id, 'coffee')).toEqual(['drinks.txt']);
    const results = await server.search(id, { query: 'service of a vehicle, or coffee' });
    expect(results.map(({ filename, score }) => [filename, score])).toEqual([
      ['garage.txt', 1],
      ['drinks.txt', expect.closeTo(0.492, 3)],
    ]);
  });

  it('ranks by vectors alone with the ranker `none`, with the similarity as score', async () => {
    const server = start(createFakeEmbeddings());
    const { id } = await server.createStore({
      ...FILES,
      'both.txt': 'Salary, car.',
    });
    const results = await server.search(id, {
      query: 'car and coffee',
      ranking_options: { ranker: 'none' },
    });
    expect(results.map(({ filename, score }) => [filename, score])).toEqual([
      ['garage.txt', 1],
      ['both.txt', expect.closeTo(Math.SQRT1_2, 2)],
    ]);
    expect(await server.searchNames(id, 'car', { ranker: 'none', score_threshold: 0.9 })).toEqual([
      'garage.txt',
    ]);
  });

  it('leaves out what is below the threshold, and other files than the filter selects', async () => {
    const server = start(createFakeEmbeddings());
    const { id, fileIds } = await server.createStore();
    expect(await server.searchNames(id, 'automobile', { score_threshold: 0.6 })).toEqual([]);
    await server.call('POST', `/vector_stores/${id}/files/${fileIds[0]}`, {
      attributes: { kind: 'x' },
    });
    const filters = { type: 'ne', key: 'kind', value: 'x' };
    expect(await server.search(id, { query: 'automobile', filters })).toEqual([]);
  });

  it('accepts `rewrite_query`, and searches for the query as it is', async () => {
    const server = start(createFakeEmbeddings());
    const { id } = await server.createStore();
    const page = await server.call<VectorStoreSearchResultsPage>(
      'POST',
      `/vector_stores/${id}/search`,
      {
        query: 'automobile',
        rewrite_query: true,
      },
    );
    expect(page.search_query).toEqual(['automobile']);
    expect(page.data).toHaveLength(1);
  });

  it('computes the vectors of a file once, in batches, for all stores and processes', async () => {
    const embed = createFakeEmbeddings();
    const store = memoryStore();
    const server = start(embed, { store });
    const text = Array.from({ length: 5 }, (_, index) => `# Part ${index}\n${'tea '.repeat(300)}`);
    const { id, fileIds } = await server.createStore({ 'long.md': text.join('\n') });
    const passages = embed.calls.flatMap(({ texts }) => texts).length;
    expect(passages).toBeGreaterThan(4);
    expect(embed.calls.every(({ texts }) => texts.length <= embed.batchSize)).toBe(true);
    await server.searchNames(id, 'oolong');
    await server.call('POST', '/vector_stores', { file_ids: fileIds });
    await server.backend.idle();
    expect(
      embed.calls.filter(({ purpose }) => purpose === 'passage').flatMap(({ texts }) => texts),
    ).toHaveLength(passages);

    const next = createFakeEmbeddings();
    const restarted = start(next, { store });
    expect((await restarted.searchNames(id, 'oolong')).length).toBeGreaterThan(0);
    expect(next.calls.map(({ purpose }) => purpose)).toEqual(['query']);
  });

  it('continues after the batches that an interrupted process has stored', async () => {
    const store = memoryStore();
    const embed = createFakeEmbeddings({ batchSize: 1 });
    const respond = embed.embed.bind(embed);
    embed.embed = async (texts, options) => {
      if (embed.calls.length === 2) embed.failure = SERVER_IS_AWAY;
      return respond(texts, options);
    };
    const text = Array.from({ length: 4 }, (_, index) => `# Part ${index}\n${'tea '.repeat(300)}`);
    const { id } = await start(embed, { store }).createStore({ 'long.md': text.join('\n') });
    const next = createFakeEmbeddings({ batchSize: 1 });
    await start(next, { store }).searchNames(id, 'oolong');
    const passages = next.calls.filter(({ purpose }) => purpose === 'passage');
    expect(passages[0]?.texts[0]).toContain('# Part 2');
  });

  it('computes missing vectors when a file is searched for the first time, and those of another model', async () => {
    const store = memoryStore();
    const { id } = await start(undefined, { store }).createStore();
    expect(await start(createFakeEmbeddings(), { store }).searchNames(id, 'auto')).toEqual([
      'garage.txt',
    ]);
    const other = createFakeEmbeddings({ id: 'other' });
    expect(await start(other, { store }).searchNames(id, 'auto')).toEqual(['garage.txt']);
    expect(other.calls.filter(({ purpose }) => purpose === 'passage').length).toBeGreaterThan(0);
  });

  it('removes the vectors of another model once it has its own, in every splitting', async () => {
    const store = memoryStore();
    const first = start(createFakeEmbeddings(), { store });
    const { id, fileIds } = await first.createStore();
    const chunking_strategy = {
      type: 'static',
      static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 0 },
    };
    await first.call('POST', '/vector_stores', { file_ids: fileIds, chunking_strategy });
    await first.backend.idle();
    expect(await store.count('fileVectors')).toBe(6);
    const second = start(createFakeEmbeddings({ id: 'other' }), { store });
    expect(await second.searchNames(id, 'auto')).toEqual(['garage.txt']);
    await second.backend.idle();
    expect(await store.count('fileVectors')).toBe(3);
  });

  it('says that a server with another model has replaced the vectors', async () => {
    const store = memoryStore();
    const first = createFakeEmbeddings();
    const server = start(first, { store });
    const { id } = await server.createStore();
    await start(createFakeEmbeddings({ id: 'other' }), { store }).searchNames(id, 'auto');
    // This server has not searched before, so that its worker has no vectors.
    await server.searchNames(id, 'auto');
    expect((await server.ask(id))?.metadata?.['notice']).toContain(
      'Another server uses another embeddings model.',
    );
    const computed = first.calls.filter(({ purpose }) => purpose === 'passage').length;
    await server.searchNames(id, 'auto');
    expect(first.calls.filter(({ purpose }) => purpose === 'passage')).toHaveLength(computed);
  });

  it('finds passages that the index of the words has no space for, and says so', async () => {
    const server = start(createFakeEmbeddings(), { limits: { files: { indexedWords: 500 } } });
    const words = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ');
    const text = ['coffee', 'milk', 'water', 'oolong'].map((drink) => `# ${drink}\n${words}`);
    const { id } = await server.createStore({ 'drinks.md': text.join('\n'), 'car.txt': 'Car' });
    const [best] = await server.search(id, { query: 'tea' });
    expect(best?.content[0]?.text).toContain('oolong');
    expect((await server.ask(id))?.metadata?.['notice']).toBe(
      'Only a part of the files was searched by words, and all by vectors, because together they have more than 500 words or too many different ones, or take too long to index.',
    );
    expect(await server.searchNames(id, 'vehicle', { ranker: 'none' })).toEqual(['car.txt']);
  });

  it('removes the vectors of a deleted file', async () => {
    const store = memoryStore();
    const server = start(createFakeEmbeddings(), { store });
    const { fileIds } = await server.createStore();
    expect(await store.count('fileVectors')).toBe(3);
    await server.call('DELETE', `/files/${fileIds[0]}`);
    expect(await store.count('fileVectors')).toBe(2);
  });
});

describe('an embeddings model that fails', () => {
  it('leaves files searchable by words, and says so in the file', async () => {
    const embed = createFakeEmbeddings();
    embed.failure = SERVER_IS_AWAY;
    const server = start(embed);
    const { id, fileIds } = await server.createStore();
    const { data } = await server.call<{ data: VectorStoreFile[] }>(
      'GET',
      `/vector_stores/${id}/files`,
    );
    expect(data.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    expect(await server.getFile(fileIds[0] ?? '')).toMatchObject({
      status: 'processed',
      status_details:
        'This file is searched by its words only, because it has no vectors. The embeddings server is away.',
    });
    expect(await server.searchNames(id, 'vehicle')).toEqual(['garage.txt']);
  });

  it('says so in the step of a run, which succeeds', async () => {
    const embed = createFakeEmbeddings();
    embed.failure = new Error('secret of the stack');
    const server = start(embed);
    const { id } = await server.createStore();
    const step = await server.ask(id);
    expect(step?.status).toBe('completed');
    expect(step?.metadata?.['notice']).toBe(
      '3 files were searched by words only, because their vectors could not be computed. The embeddings model failed.',
    );
  });

  it('is asked again after a while, and the files say nothing more then', async () => {
    const embed = createFakeEmbeddings();
    embed.failure = SERVER_IS_AWAY;
    const server = start(embed);
    const { id, fileIds } = await server.createStore();
    embed.failure = undefined;
    expect(await server.searchNames(id, 'automobile')).toEqual([]);
    server.advanceTime(300_000);
    expect(await server.searchNames(id, 'automobile')).toEqual(['garage.txt']);
    expect((await server.getFile(fileIds[0] ?? '')).status_details).toBeNull();
  });

  it('does not delay each search when it cannot compute the vector of a query', async () => {
    const embed = createFakeEmbeddings();
    const server = start(embed);
    const { id } = await server.createStore();
    embed.failure = SERVER_IS_AWAY;
    embed.calls = [];
    expect(await server.searchNames(id, 'vehicle')).toEqual(['garage.txt']);
    expect(await server.searchNames(id, 'service')).toEqual(['garage.txt']);
    expect(embed.calls).toHaveLength(1);
    expect((await server.ask(id))?.metadata?.['notice']).toBe(
      'The files were searched by words only, because the query has no vector. The embeddings server is away.',
    );
    server.advanceTime(30_000);
    embed.failure = undefined;
    expect(await server.searchNames(id, 'automobile')).toEqual(['garage.txt']);
  });

  it.each<[string, (texts: readonly string[]) => Float32Array[]]>([
    ['too few vectors', () => [new Float32Array(4)]],
    [
      'vectors of different lengths',
      (texts) => texts.map((_, index) => new Float32Array(index + 1)),
    ],
    ['empty vectors', (texts) => texts.map(() => new Float32Array())],
  ])('is not trusted with %s', async (_, respond) => {
    const embed = createFakeEmbeddings();
    embed.embed = async (texts) => respond(texts);
    const server = start(embed);
    const text = `# One\n${'tea '.repeat(300)}\n# Two\n${'tea '.repeat(300)}`;
    const { id } = await server.createStore({ 'long.md': text });
    expect((await server.searchNames(id, 'tea')).length).toBeGreaterThan(0);
  });

  it('does not hold up a search longer than the limit', async () => {
    const embed = createFakeEmbeddings();
    const respond = embed.embed.bind(embed);
    const { promise: released, resolve: release } = createDeferred();
    embed.embed = async (texts, options) => {
      await released;
      return respond(texts, options);
    };
    const server = start(embed, { limits: { files: { vectorWaitMs: 1 } } });
    const fileId = await server.upload('garage.txt', FILES['garage.txt']);
    const { id } = await server.call<VectorStore>('POST', '/vector_stores', { file_ids: [fileId] });
    expect(await server.searchNames(id, 'vehicle')).toEqual(['garage.txt']);
    release();
    await server.backend.idle();
    expect(await server.searchNames(id, 'automobile')).toEqual(['garage.txt']);
  });

  it('leaves out vectors that do not fit into the memory', async () => {
    const server = start(createFakeEmbeddings(), { limits: { files: { vectorBytes: 8 } } });
    const { id } = await server.createStore();
    expect((await server.ask(id))?.metadata?.['notice']).toBe(
      '1 file was searched by words only, because its vectors take too much memory together.',
    );
  });
});
