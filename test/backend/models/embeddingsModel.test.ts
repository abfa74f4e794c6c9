import { describe, expect, it } from 'vitest';
import {
  embeddingsModel,
  type EmbeddingsModelOptions,
} from '../../../src/backend/models/embeddingsModel.js';
import { API_KEY } from './modelServerHarness.js';

interface Sent {
  url: string;
  headers: Headers;
  body: { model: string; input: string[]; dimensions?: number };
}

/** Creates a model whose server answers with what `answer` returns: a response, or the `data` of a successful one. */
function createTestModel(
  answer: (input: string[], index: number) => Response | unknown[],
  options: Partial<EmbeddingsModelOptions> = {},
) {
  const sent: Sent[] = [];
  const model = embeddingsModel({
    baseUrl: 'http://embeddings.test/v1/',
    apiKey: API_KEY,
    model: 'small',
    retry: { minDelayMs: 1 },
    fetch: async (url, init) => {
      const body = JSON.parse(typeof init.body === 'string' ? init.body : '') as Sent['body'];
      sent.push({ url, headers: new Headers(init.headers), body });
      const result = answer(body.input, sent.length - 1);
      return result instanceof Response
        ? result
        : Response.json({ object: 'list', data: result, model: 'small' });
    },
    ...options,
  });
  const embed = (texts: string[], purpose: 'query' | 'passage' = 'passage') =>
    model.embed(texts, { purpose, signal: new AbortController().signal });
  return {
    model,
    sent,
    embed,
    embedLists: async (texts: string[]) => (await embed(texts)).map((vector) => [...vector]),
  };
}

/** Returns the entry of a vector that tells texts apart by their lengths. */
const toEntry = (text: string, index: number) => ({
  object: 'embedding',
  index,
  embedding: [text.length, 1],
});

function toBase64(values: number[]): string {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
}

const refuse = (status: number, message: string) =>
  Response.json({ error: { message } }, { status });

describe('embeddingsModel', () => {
  it('posts the texts with the key and the prefixes', async () => {
    const { embed, sent } = createTestModel((input) => input.map(toEntry), {
      queryPrefix: 'q: ',
      passagePrefix: 'p: ',
      dimensions: 2,
    });
    await embed(['tea'], 'query');
    await embed(['green', 'black']);
    expect(sent[0]?.url).toBe('http://embeddings.test/v1/embeddings');
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${API_KEY}`);
    expect(sent.map(({ body }) => body)).toEqual([
      { model: 'small', input: ['q: tea'], dimensions: 2 },
      { model: 'small', input: ['p: green', 'p: black'], dimensions: 2 },
    ]);
  });

  it.each([
    ['a list', (input: string[]) => input.map(toEntry)],
    ['a list in another order', (input: string[]) => input.map(toEntry).reverse()],
    [
      'a list without indexes',
      (input: string[]) => input.map(({ length }) => ({ embedding: [length, 1] })),
    ],
    [
      'base64',
      (input: string[]) =>
        input.map(({ length }, index) => ({ index, embedding: toBase64([length, 1]) })),
    ],
  ])('reads %s', async (_, answer) => {
    const { embedLists } = createTestModel(answer);
    expect(await embedLists(['a', 'bb', 'ccc'])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it.each<[string, unknown[] | string, RegExp]>([
    ['too few vectors', [toEntry('a', 0)], /1 vectors for 2 texts/],
    ['too many vectors', [0, 1, 2].map((index) => toEntry('a', index)), /3 vectors for 2 texts/],
    ['an index twice', [toEntry('a', 1), toEntry('b', 1)], /no vector for text 1/],
    ['an index out of range', [toEntry('a', 0), toEntry('b', 7)], /an index that no text has/],
    [
      'an index that is a text',
      [toEntry('a', 0), { ...toEntry('b', 1), index: '1' }],
      /an index that no text has/,
    ],
    [
      'vectors of different lengths',
      [toEntry('a', 0), { index: 1, embedding: [1] }],
      /different lengths/,
    ],
    ['an empty vector', [toEntry('a', 0), { index: 1, embedding: [] }], /an empty vector/],
    ['no vector', [toEntry('a', 0), { index: 1 }], /an empty vector/],
    [
      'null values',
      [toEntry('a', 0), { index: 1, embedding: [null, 1] }],
      /values that are no numbers/,
    ],
    [
      'base64 with NaN',
      [{ embedding: toBase64([NaN, 1]) }, { embedding: toBase64([1, 1]) }],
      /values that are no numbers/,
    ],
    [
      'base64 of bytes',
      [{ embedding: btoa('abcde') }, { embedding: btoa('abcde') }],
      /neither a list of numbers nor base64/,
    ],
    ['a text', [{ embedding: '?' }, { embedding: '?' }], /neither a list of numbers nor base64/],
    ['entries that are no objects', [null, 7], /an empty vector/],
    [
      'NaN in JSON',
      '{"data":[{"embedding":[NaN,1]},{"embedding":[1,1]}]}',
      /values that are no numbers/,
    ],
    ['no list', '{"data":{}}', /no list of vectors/],
    ['an error with status 200', '{"error":{"message":"out of memory"}}', /out of memory/],
    ['a page', '<html>Welcome</html>', /Check its base URL/],
    ['nothing', '', /nothing|empty/],
    ['words', 'ok', /nothing/],
  ])('rejects %s', async (_, data, message) => {
    const { embed } = createTestModel(() => (typeof data === 'string' ? new Response(data) : data));
    await expect(embed(['a', 'b'])).rejects.toThrow(message);
  });

  it('rejects a vector of too many values', async () => {
    const { embed } = createTestModel(() => [{ embedding: Array(20_000).fill(1) }]);
    await expect(embed(['a'])).rejects.toThrow('a vector of 20000 values');
  });

  it('says what to do about a number of values that the server cannot produce', async () => {
    const { embed } = createTestModel((input) => input.map(toEntry), { dimensions: 512 });
    await expect(embed(['a'])).rejects.toThrow('Remove the option `dimensions`, or set it to 2.');
  });

  it('repeats a request that fails for a moment', async () => {
    const { embedLists, sent } = createTestModel((input, index) =>
      index < 2 ? refuse(503, 'busy') : input.map(toEntry),
    );
    expect(await embedLists(['a'])).toEqual([[1, 1]]);
    expect(sent).toHaveLength(3);
  });

  it('does not repeat a request with a wrong key, and does not show the key', async () => {
    const { embed, sent } = createTestModel(() => refuse(401, `wrong key ${API_KEY}`));
    const error: unknown = await embed(['a']).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'EmbeddingsError' });
    expect(String(error)).toContain('rejected the API key');
    expect(String(error)).not.toContain(API_KEY);
    expect(sent).toHaveLength(1);
  });

  it('sends smaller requests, and cuts texts, until the model accepts them', async () => {
    const { embedLists } = createTestModel((input) =>
      input.join('').length > 300
        ? refuse(400, "This model's maximum context length is 300 tokens.")
        : input.map(toEntry),
    );
    expect(await embedLists(['a'.repeat(200), 'b'.repeat(1000), 'c'])).toEqual([
      [200, 1],
      [250, 1],
      [1, 1],
    ]);
  });

  it('gives up if the server finds even short texts too long', async () => {
    const { embed, sent } = createTestModel(() => refuse(413, 'Too long.'));
    await expect(embed(['a'.repeat(10_000)])).rejects.toThrow('Too long.');
    expect(sent.map(({ body }) => body.input.map(({ length }) => length))).toEqual(
      [10_000, 5_000, 2_500, 1_250, 625, 312].map((length) => [length]),
    );
  });

  it('stops when the signal aborts', async () => {
    const { model } = createTestModel(() => refuse(503, 'busy'));
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(model.embed(['a'], { purpose: 'query', signal })).rejects.toThrow('stopped');
  });

  it('tells models and settings apart by the id', () => {
    const createId = (options: Partial<EmbeddingsModelOptions>) =>
      createTestModel(() => [], options).model.id;
    const ids = [{}, { model: 'large' }, { dimensions: 256 }, { passagePrefix: 'p' }].map(createId);
    expect(new Set(ids).size).toBe(4);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a batch of %s texts', (batchSize) => {
    expect(() => createTestModel(() => [], { batchSize })).toThrow('must be a positive integer');
  });
});
