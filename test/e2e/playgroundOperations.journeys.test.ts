import { expect, it } from 'vitest';
import { matchOperation } from '../../src/protocol/matchOperation.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { setUpPlayground } from './setUpPlayground.js';
import { walkOperations } from './walkOperations.js';

const playground = setUpPlayground();

it('reaches every operation of the API in the data pages', async () => {
  const page = await playground.open();
  const used = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const matched = matchOperation(request.method(), pathname.replace(/^\/v1/, ''));
    if (matched) used.add(matched.operation);
  });
  await walkOperations(page, playground.origin);
  await expect.poll(() => operationIds.filter((id) => !used.has(id))).toEqual([]);
  // A batch that has ended cannot be cancelled.
  expect(playground.incidents.splice(0).filter((line) => !/400/.test(line))).toEqual([]);
});
