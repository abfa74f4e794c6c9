import fc from 'fast-check';
import { expect, it } from 'vitest';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import { assertProperty } from '../assertProperty.js';
import { ANYTHING, createTestProxy, getUser } from './createTestProxy.js';

const segments = [
  ...new Set(operationIds.flatMap((id) => operationPaths[id].path.split('/'))),
  'v1',
  'V1',
  '.',
  '..',
  '%2e%2e',
  '%2f',
  '%5c',
  '\\',
  ';',
  'runs',
  'bob',
  'ann',
  '@',
  ':',
  'thread_ann',
  'thread_bob',
  'file_bob',
  'assistant_bob',
  'vector_store_bob',
  'thread_bob%00',
  'thread%5Fbob',
  'thread_ann/../thread_bob',
  'http://evil.example',
  '//evil.example',
  '?x=/',
  '#',
  ' ',
  '\t',
];
const part = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...segments) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const randomPath = fc
  .array(fc.tuple(fc.constantFrom('/', '/', '/', '//', '%2f', '\\'), part), { maxLength: 9 })
  .map((parts) => `/v1${parts.flat().join('')}`);
const owners = fc.constantFrom('ann', 'ann', 'bob');
/** Paths of operations, with ids of both users, and sometimes one more part. */
const operationPath = fc
  .tuple(fc.constantFrom(...operationIds), owners, fc.option(part))
  .map(([operation, owner, extra]) => {
    const filled = operationPaths[operation].path.replaceAll(
      /\{(\w+)_id\}/g,
      (_, type: string) => `${type}_${owner}`,
    );
    return `/v1${filled}${extra === null ? '' : `/${extra}`}`;
  });
const path = fc.oneof(randomPath, operationPath);
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS');

it('never sends a path to the server that names an object of another user', async () => {
  const ownership = memoryOwnership();
  for (const type of ['thread', 'file', 'assistant', 'vector_store'] as const) {
    await ownership.claim('ann', { type, id: `${type}_ann` });
    await ownership.claim('bob', { type, id: `${type}_bob` });
  }
  const { send, seen } = createTestProxy(
    () => Response.json({ id: 'new_1', thread_id: 'new_1', data: [] }),
    {
      user: getUser,
      ownership,
      policy: { ...ANYTHING, assistants: [], files: [], vectorStores: [], sharedLists: [] },
    },
  );
  let passed = 0;
  await assertProperty(
    fc.asyncProperty(method, path, async (verb, text) => {
      seen.length = 0;
      if (!URL.canParse(`https://app.example${text}`)) return;
      const response = await send(verb, text, { headers: { 'x-user': 'ann' } });
      expect(seen.length === 0).toBe(response.status >= 400);
      const [request] = seen;
      if (request === undefined) return;
      passed += 1;
      const { origin, pathname } = new URL(request.url);
      expect([origin, request.method]).toEqual(['https://models.example', verb]);
      expect(pathname).toMatch(
        /^\/base\/v1\/(?:assistants|threads|files|vector_stores)(?:\/[\w-]+)*$/,
      );
      // Messages, runs, steps and batches belong to the object before them, so their ids can be any text.
      expect(pathname).not.toMatch(/\/(?:threads|files|assistants|vector_stores)\/\w*_bob/);
      // Objects with the id new_1 were created by ann.
      expect(pathname).not.toMatch(
        /^\/base\/v1\/(?:threads|files|assistants|vector_stores)\/(?!\w+_ann|new_1\b|runs\b)/,
      );
    }),
    { name: 'proxyPaths', full: 100_000, small: 400 },
  );
  // The generator must also reach operations that pass.
  expect(passed).toBeGreaterThan(0);
});
