import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isOperationId, operationIds, operationPaths } from '../../src/protocol/operationPaths.js';

interface Contract {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

// Our own file, which redocly lint holds to the shape of a contract.
const { paths } = parse(readFileSync('openapi/assistants.yaml', 'utf8')) as Contract;

test('holds the method and path of every operation of the contract, and no other', () => {
  const inContract = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId }]) =>
      operationId === undefined ? [] : [[operationId, { method: method.toUpperCase(), path }]],
    ),
  );
  expect(inContract).toHaveLength(34);
  expect(operationPaths).toEqual(Object.fromEntries(inContract));
});

test('names createThreadAndRun before the operations of a thread, whose paths would match its own', () => {
  expect(operationIds.indexOf('createThreadAndRun')).toBeLessThan(
    operationIds.indexOf('getThread'),
  );
});

test.each(['', 'listRun', 'toString', '__proto__', 'constructor'])(
  'knows no operation %o',
  (name) => {
    expect(isOperationId(name)).toBe(false);
  },
);
