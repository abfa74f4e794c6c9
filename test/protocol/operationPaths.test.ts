import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isOperationId, operationIds, operationPaths } from '../../src/protocol/operationPaths.js';

interface Contract {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

// `redocly lint` checks the shape of the contract.
const { paths } = parse(readFileSync('openapi/assistants.yaml', 'utf8')) as Contract;

describe('operationPaths', () => {
  it('has the method and path of exactly the operations of the contract', () => {
    const inContract = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { operationId }]) =>
        operationId === undefined ? [] : [[operationId, { method: method.toUpperCase(), path }]],
      ),
    );
    expect(operationPaths).toEqual(Object.fromEntries(inContract));
  });

  it('lists createThreadAndRun before the thread operations that its path would match', () => {
    expect(operationIds.indexOf('createThreadAndRun')).toBeLessThan(
      operationIds.indexOf('getThread'),
    );
  });
});

describe('isOperationId', () => {
  it('accepts every operation of the contract', () => {
    expect(operationIds).toEqual(Object.keys(operationPaths));
    expect(operationIds.every(isOperationId)).toBe(true);
  });

  it.each(['', 'listRun', 'toString', '__proto__', 'constructor'])('rejects %j', (name) => {
    expect(isOperationId(name)).toBe(false);
  });
});
