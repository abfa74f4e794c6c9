import type { Locator, Page } from 'playwright';
import { expect, it } from 'vitest';
import { readMessages, sendMessage, setUpPlayground, waitForStatus } from './setUpPlayground.js';

const playground = setUpPlayground();

/** Opens the dialog with the assistants. */
async function manageAssistants(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Assistant: / }).click();
  await page.getByRole('button', { name: 'Manage assistants…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Assistants' });
  await dialog.waitFor();
  return dialog;
}

async function createAssistant(page: Page): Promise<string> {
  const name = `Helper ${Date.now()}`;
  const dialog = await manageAssistants(page);
  await dialog.getByRole('button', { name: 'New assistant' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: `Assistant: ${name}` }).waitFor();
  return name;
}

it('creates, uses and deletes an assistant', async () => {
  const page = await playground.open();
  const name = await createAssistant(page);
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  expect(await readMessages(page)).toHaveLength(2);
  const dialog = await manageAssistants(page);
  await dialog.getByRole('button', { name: `Delete ${name}` }).click();
  await dialog.getByRole('button', { name: `Undo: keep ${name}` }).click();
  // The assistant that comes back is selected again.
  await page.getByRole('button', { name: `Assistant: ${name}` }).waitFor();
  await manageAssistants(page);
  await dialog.getByRole('button', { name: `Delete ${name}` }).click();
  // Closing the dialog ends the time in which the deletion can be undone.
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect((await deleted).ok()).toBe(true);
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).waitFor();
});

it('keeps the focus in the dialog of the assistants, and on its button afterwards', async () => {
  const page = await playground.open();
  const hasFocus = async (element: Locator) => {
    await expect.poll(() => element.evaluate((one) => one === document.activeElement)).toBe(true);
  };
  const picker = page.getByRole('button', { name: /^Assistant: / });
  await picker.focus();
  await picker.press('Enter');
  await page.getByRole('button', { name: 'Manage assistants…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await hasFocus(dialog.getByRole('heading', { name: 'Assistants' }));
  await dialog.getByRole('button', { name: 'Edit Demo assistant' }).press('Enter');
  await hasFocus(dialog.getByRole('heading', { name: 'Edit assistant' }));
  await dialog.getByRole('button', { name: 'Duplicate' }).press('Enter');
  await expect
    .poll(() => dialog.getByRole('textbox', { name: 'Name' }).inputValue())
    .toBe('Demo assistant (copy)');
  await hasFocus(dialog.getByRole('heading', { name: 'Edit assistant' }));
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await hasFocus(dialog.getByRole('heading', { name: 'Assistants' }));
  await page.keyboard.press('Escape');
  await hasFocus(picker);
});

/**
 * Sends a message again, which another assistant answers. Returns the message. Only requests for what is gone, and
 * while the server restarted, may have failed.
 */
async function sendAgain(page: Page): Promise<string | undefined> {
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitForStatus(page);
  await page.getByText('no longer exists').waitFor({ state: 'hidden' });
  const expected = /404|ERR_CONNECTION_REFUSED/;
  expect(playground.incidents.splice(0).filter((line) => !expected.test(line))).toEqual([]);
  return (await readMessages(page))[0];
}

it('reports a restarted server, and continues with the assistant that exists now', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  // The backend of the server keeps its data in memory.
  await playground.restart();

  await sendMessage(page, 'Are you there?');
  await page.getByText('Demo assistant no longer exists, and the new one answers now.').waitFor();
  await page.getByRole('button', { name: 'Start a new conversation' }).click();
  expect(await sendAgain(page)).toBe('user: Are you there?');
});

it('reports an assistant that was deleted elsewhere, and continues with another one', async () => {
  const page = await playground.open();
  const name = await createAssistant(page);
  const id = new URL(page.url()).hash.replace(/^.*assistant=/, '');
  const deleted = await page.request.delete(`${playground.origin}/v1/assistants/${id}`, {
    headers: { 'openai-beta': 'assistants=v2' },
  });
  expect(deleted.ok()).toBe(true);

  await sendMessage(page, 'Are you there?');
  await page
    .getByText(`${name} no longer exists, and Demo assistant answers now.`, { exact: true })
    .waitFor();
  expect(await sendAgain(page)).toBe('user: Are you there?');
});

it('offers the demo assistant if there is none', async () => {
  const page = await playground.open();
  const dialog = await manageAssistants(page);
  const all = dialog.getByRole('button', { name: /^Delete .+/ });
  while ((await all.count()) > 0) {
    const before = await all.count();
    await all.last().click();
    await expect.poll(() => all.count()).toBeLessThan(before);
  }
  // Closing the dialog ends the time in which the deletions can be undone.
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Create the demo assistant' }).click();
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).waitFor();
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  expect(await readMessages(page)).toHaveLength(2);
});
