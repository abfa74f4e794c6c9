import { expect, it } from 'vitest';
import {
  getMessages,
  readMessages,
  sendMessage,
  setUpPlayground,
  waitForStatus,
} from './setUpPlayground.js';

const playground = setUpPlayground();

it('lists the thread by its first words, and opens it by its URL in another tab', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Hello there');
  await waitForStatus(page);
  const link = page.getByRole('navigation').getByRole('link', { name: 'Hello there' });
  await link.waitFor();

  const other = await page.context().newPage();
  await other.goto(page.url());
  await getMessages(other).getByText('Good to see you').waitFor();
  expect(await readMessages(other)).toEqual(await readMessages(page));
  await page.getByRole('button', { name: 'New thread' }).click();
  await page.locator('[data-part="empty-title"]').waitFor();
  await link.click();
  await getMessages(page).getByText('Good to see you').waitFor();
});

it('streams an answer', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Write something long');
  const text = page.locator('[data-part="message"][data-streaming]').last();
  await text.waitFor();
  const lengths: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    lengths.push((await text.textContent())?.length ?? 0);
    await page.waitForFunction(
      (length) => (document.querySelector('[data-streaming]')?.textContent?.length ?? 0) > length,
      lengths[look] ?? 0,
    );
  }
  expect(lengths).toEqual([...new Set(lengths)].toSorted((a, b) => a - b));
  expect(lengths).toHaveLength(5);
});

it('stops an answer and keeps its text', async () => {
  const page = await playground.open();
  // This answer never ends on its own, however slow the machine is.
  await sendMessage(page, 'Please stall');
  await getMessages(page).getByText('I will not stop before you do').waitFor();

  await page.getByRole('button', { name: 'Stop answer' }).click();
  await waitForStatus(page, 'cancelled');

  await page.getByText('You stopped this answer.').waitFor();
  expect(await getMessages(page).getByText('I will not stop before you do').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Stop answer' }).count()).toBe(0);
});

it('continues an answer after a reload, and shows every message once', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Write something long');
  await getMessages(page).getByText('The river begins').waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Stop answer' }).waitFor();
  await getMessages(page).getByText('That was the long answer').waitFor();
  await waitForStatus(page);

  const texts = await readMessages(page);
  expect(texts).toHaveLength(2);
  expect(texts[1]?.split('A walk along the river')).toHaveLength(2);
  expect(texts[1]?.split('That was the long answer')).toHaveLength(2);
});

it('follows the end of a growing answer until the user scrolls up', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Write something long');
  await page.getByText('The bridge').waitFor();
  const scroller = page.locator('[data-part="thread-scroll"]');
  const distance = () =>
    scroller.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    );
  expect(await distance()).toBeLessThan(60);

  await scroller.hover();
  await page.mouse.wheel(0, -400);
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
  const top = await scroller.evaluate(({ scrollTop }) => scrollTop);
  await page.getByText('The locks').waitFor();
  expect(Math.abs((await scroller.evaluate(({ scrollTop }) => scrollTop)) - top)).toBeLessThan(2);
  await page.getByRole('button', { name: 'Jump to latest' }).click();

  expect(await distance()).toBeLessThan(60);
});

it('titles the bar and the tab with the thread, and opens another assistant in a new thread', async () => {
  const page = await playground.open();
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
  expect(await page.title()).toBe('Hello · assistants-react');
  await page.getByRole('button', { name: 'Assistant: Demo assistant' }).click();
  await page.getByRole('option', { name: /Weather desk/ }).click();
  await page.getByRole('button', { name: 'Assistant: Weather desk' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'New conversation' }).waitFor();
});

it('offers a new conversation if a thread does not exist', async () => {
  const page = await playground.open({ path: '/#thread=thread_gone' });
  await page.getByText('It may have been deleted.').waitFor();
  // The browser logs the 404s.
  await expect.poll(() => playground.incidents.length).toBeGreaterThan(0);
  expect(playground.incidents.splice(0).filter((line) => !/404/.test(line))).toEqual([]);

  await page.getByRole('button', { name: 'Start a new conversation' }).click();
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  expect(await readMessages(page)).toHaveLength(2);
});
