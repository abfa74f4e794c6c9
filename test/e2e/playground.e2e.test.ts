import { expect, it } from 'vitest';
import { servePage } from './servePage.js';
import {
  getMessages,
  hasFocus,
  readMessages,
  sendMessage,
  setUpPlayground,
  waitForStatus,
} from './setUpPlayground.js';

const playground = setUpPlayground();

it('answers a question with a function call, and shows it again after a reload', async () => {
  const page = await playground.open();
  await sendMessage(page, 'What is the weather in Paris?');
  await page.getByText('Let me look up').waitFor();
  const form = page.getByRole('form', { name: /get_weather/ });
  await form.getByText('Paris', { exact: true }).waitFor();
  await form.getByText('JSON', { exact: true }).click();
  await form.getByRole('textbox', { name: 'Result' }).fill('{"sky": "clear", "degrees": 21}');
  await form.getByRole('button', { name: 'Submit result' }).click();
  await waitForStatus(page);
  const answer = page.locator('[data-part="message"]').last();
  expect(await answer.getByRole('listitem').allTextContents()).toEqual([
    'sky: clear',
    'degrees: 21',
  ]);
  expect(await answer.locator('strong').first().textContent()).toBe('Paris');
  const before = await readMessages(page);
  expect(before).toHaveLength(3);
  const address = page.url();

  await page.reload();
  await page.getByText('degrees: ').waitFor();
  expect(page.url()).toBe(address);
  expect(await readMessages(page)).toEqual(before);
  await page.getByRole('list', { name: 'Steps' }).getByText('Called get_weather').waitFor();
});

it('can be used by keyboard alone', async () => {
  const page = await playground.open();
  await page.keyboard.press('n');
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
  await page.keyboard.type('What is the weather in Oslo?');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: /get_weather/ }).waitFor();
  // The focus has moved from the empty composer to the requested field.
  await page.keyboard.type('snow');
  await page.keyboard.press('Control+Enter');
  await waitForStatus(page);

  await getMessages(page).getByText('snow').waitFor();
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
});

it('shows the composer and an error if the server wants a key, and does not ask again and again', async () => {
  const asked: string[] = [];
  const page = await playground.open({
    prepare: (prepared) =>
      prepared.route('**/v1/**', (route) => {
        asked.push(route.request().url());
        return route.fulfill({ status: 401, json: { error: { message: 'No key.' } } });
      }),
  });
  await page.getByRole('alert').first().waitFor();
  await sendMessage(page, 'Hello');
  await page.getByText('Not sent').waitFor();
  await page.getByText('Not signed in').first().waitFor();
  // While this sends fifty requests, one after the other, a page that asks after each answer would send many of its own.
  const probe = `${playground.origin}/v1/probe`;
  await page.evaluate(async (url) => {
    for (let count = 0; count < 50; count++) await (await fetch(url)).text();
  }, probe);
  expect(asked.filter((url) => url === probe)).toHaveLength(50);
  expect(asked.filter((url) => url !== probe).length).toBeLessThan(10);
  expect(playground.incidents.splice(0).filter((line) => !/401/.test(line))).toEqual([]);
});

it('works as static files, keeps threads over a reload, and says in a second tab that it cannot', async () => {
  const site = await servePage('playgroundStatic', 'index.html');
  try {
    const page = await playground.open({ base: site.origin });
    expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').count()).toBe(1);
    await sendMessage(page, 'Name your sources');
    await waitForStatus(page);
    await getMessages(page).getByText('Sources', { exact: true }).waitFor();
    const before = await readMessages(page);
    expect(before).toHaveLength(2);
    const other = await page.context().newPage();
    await other.goto(site.origin);
    await other.getByText('Threads are lost when this tab closes.').waitFor();
    await other.close();

    await page.reload();
    await expect.poll(() => readMessages(page)).toEqual(before);
    await page.getByRole('navigation').getByRole('link', { name: 'Name your sources' }).waitFor();
  } finally {
    await site.close();
  }
});
