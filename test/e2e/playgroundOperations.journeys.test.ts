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

it('stays on the page that was opened while an action was carried out', async () => {
  const page = await playground.open();
  await page.goto(`${playground.origin}/#/data/threads`);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/v1/threads', async (route) => {
    if (route.request().method() === 'POST') await released;
    await route.continue();
  });
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('main').getByText('New thread', { exact: true }).click();
  const form = page.getByRole('form', { name: 'New thread', exact: true });
  await form.getByRole('button', { name: 'New thread', exact: true }).click();
  await page.goto(`${playground.origin}/#/data/assistants`);
  await page.getByRole('link', { name: 'Demo assistant' }).waitFor();
  // The list is requested again when the action has ended.
  const listed = page.waitForResponse((response) => response.url().includes('/v1/assistants'));
  release();
  await answered;
  await listed;
  expect(new URL(page.url()).hash).toBe('#/data/assistants');
});
