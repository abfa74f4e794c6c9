import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { getOperation, operations } from '../../src/client/operations.js';
import type { OperationId } from '../../src/protocol/types.js';
import { recordingFetch } from './recordingFetch.js';

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

interface Operation {
  operationId: OperationId;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, unknown> };
}

interface Contract {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
  components: { parameters: Record<string, Parameter> };
}

// redocly lint validates the shape of this file.
const contract = parse(readFileSync('openapi/assistants.yaml', 'utf8')) as Contract;

const rows = Object.entries(contract.paths).flatMap(
  ([path, { parameters: shared = [], ...item }]) =>
    Object.entries(item).map(
      ([method, { operationId: id, description = '', parameters = [], requestBody }]) => {
        const all = [...shared, ...parameters].map(
          (one) => contract.components.parameters[one.$ref?.split('/').at(-1) ?? ''] ?? one,
        );
        return {
          id,
          method: method.toUpperCase(),
          path,
          pathNames: all.filter((one) => one.in === 'path').map(({ name }) => name),
          queryNames: all.filter((one) => one.in === 'query').map(({ name }) => name),
          bodyType: Object.keys(requestBody?.content ?? {})[0],
          version: /Version ([12]) only/.exec(description)?.[1],
        };
      },
    ),
);

const bodies: Record<string, object> = {
  'application/json': { key: 'é' },
  'multipart/form-data': { file: new Blob(['x']), purpose: 'assistants' },
};

const camelCase = (name: string) =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

type AnyCall = (params: object) => Promise<unknown>;

test('knows all operations of the contract', () => {
  expect(rows.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
});

test.each(rows)(
  'sends $id as $method $path',
  async ({ id, method, path, pathNames, queryNames, bodyType }) => {
    const { fetch, requests } = recordingFetch();
    const client = createAssistantsClient({
      baseUrl: 'https://host.test/v1',
      fetch,
      apiKey: 'sk-1',
    });
    const ids = Object.fromEntries(
      pathNames.map((name, index) => [camelCase(name), `id_${index}`]),
    );
    const query = Object.fromEntries(queryNames.map((name, index) => [name, `a&b ${index}`]));
    const body = bodyType === undefined ? undefined : bodies[bodyType];

    // TypeScript cannot relate the id to its parameters in a loop. types.test.ts checks the types of each operation.
    await (client[id] as AnyCall)({
      ...ids,
      ...(queryNames.length > 0 && { query }),
      ...(body && { body }),
    });

    expect(requests).toHaveLength(1);
    const request = requests[0] ?? new Request('https://host.test');
    const filled = pathNames.reduce(
      (text, part, index) => text.replace(`{${part}}`, `id_${index}`),
      path,
    );
    const url = new URL(request.url);
    expect(`${request.method} ${url.origin}${url.pathname}`).toBe(
      `${method} https://host.test/v1${filled}`,
    );
    expect(Object.fromEntries(url.searchParams)).toEqual(query);
    expect(request.headers.get('authorization')).toBe('Bearer sk-1');
    expect(request.headers.get('accept')).toBe(
      id === 'getFileContent' ? '*/*' : 'application/json',
    );
    expect(request.headers.get('content-type')?.split(';')[0]).toBe(bodyType);
    if (bodyType !== 'multipart/form-data') {
      const sent = await request.text();
      // oxlint-disable-next-line vitest/no-conditional-expect
      expect(sent).toBe(body === undefined ? '' : JSON.stringify(body));
    }
  },
);

test.each(rows)('knows which version has $id', ({ id, version }) => {
  expect(getOperation(id).onlyVersion).toBe(version === undefined ? undefined : `v${version}`);
});

test('marks the operations that create an object', () => {
  const creating = rows.map(({ id }) => id).filter((id) => getOperation(id).creates);
  expect(creating.sort()).toEqual([
    'createAssistant',
    'createAssistantFile',
    'createMessage',
    'createRun',
    'createThread',
    'createThreadAndRun',
    'createVectorStore',
    'createVectorStoreFile',
    'createVectorStoreFileBatch',
    'uploadFile',
  ]);
});
