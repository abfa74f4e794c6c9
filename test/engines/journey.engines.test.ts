import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { serveEmbedding } from '../embedding/serveEmbedding.js';
import type { EnginePage } from './EnginePage.js';
import { openChromium } from './openChromium.js';
import { openFirefox } from './openFirefox.js';
import { openWebKit } from './openWebKit.js';

let served: Awaited<ReturnType<typeof serveEmbedding>>;
beforeAll(async () => {
  served = await serveEmbedding(join(inject('builds'), 'embedding'));
});
afterAll(() => served.close());

const MESSAGE = '[data-part="message"]';
const COMPOSER = '[data-part="composer-input"]';
const SCROLLER = '[data-part="thread-scroll"]';
const STREAMING = `${MESSAGE}[data-streaming]`;

describe.each([
  ['Chromium', openChromium],
  ['Firefox', openFirefox],
  ['WebKit', openWebKit],
] as const)('in %s', (_, open) => {
  let chat: ReturnType<typeof createChat>;
  beforeAll(async () => {
    chat = createChat(await open());
    await chat.page.goto(`${served.origin}/?host=a%20plain%20page`);
  });
  afterAll(() => chat.page.close());

  it('streams an answer in markdown', async () => {
    await chat.send('Show me some markdown');
    await chat.waitFor(STREAMING);
    await chat.settled();
    expect(await chat.hasFocus(COMPOSER)).toBe(true);
    const markdown = '[data-role="assistant"] [data-part="markdown"]';
    expect(
      await chat.readStyle(`${markdown} ul:not(:has(> [data-task])) > li`, 'list-style-type'),
    ).toBe('disc');
    expect(await chat.readStyle(`${markdown} td`, 'padding-top')).not.toBe('0px');
    expect(await chat.count(`${markdown} :is(h3, h4)`)).toBeGreaterThan(0);
    expect(await chat.count(`${markdown} pre code`)).toBeGreaterThan(0);
  });

  it('submits a result that the user enters, and runs a function that they approve', async () => {
    await chat.send('form');
    await chat.click('[data-part="tool-output-form"] textarea');
    await chat.page.type('18 degrees');
    await chat.click('[data-part="tool-output-form"] [type="submit"]');
    await chat.waitForText('Thank you.');
    await chat.settled();
    await chat.send('approve');
    await chat.click('[data-part="tool-approval"] [type="submit"]');
    await chat.waitForText('Mail is sent.');
    await chat.settled();
    expect(await chat.count('[data-part="tool-outputs"]')).toBe(0);
  });

  it('stops an answer, and moves between the messages and the composer with F6', async () => {
    await chat.send('Write something long');
    await chat.waitFor(STREAMING);
    await chat.click('[data-action="stop"]');
    await chat.settled('cancelled');
    expect(await chat.hasFocus(COMPOSER)).toBe(true);
    await chat.page.press('F6');
    expect(await chat.hasFocus(SCROLLER)).toBe(true);
  });

  it('stays where the user scrolls while text grows', async () => {
    await chat.send('Write something long');
    await chat.waitFor(STREAMING);
    await chat.page.wheel(SCROLLER, -600);
    await chat.waitFor('[data-part="thread-messages"]:not([data-following])');
    const readLength = () =>
      chat.read(`[...document.querySelectorAll('${MESSAGE}')].at(-1).textContent.length`);
    const readTop = () => chat.read(`document.querySelector('${SCROLLER}').scrollTop`);
    const length = await readLength();
    const top = await readTop();
    await expect.poll(readLength).toBeGreaterThan(length);
    // A smooth wheel may still move.
    expect(Math.abs((await readTop()) - top)).toBeLessThanOrEqual(600);
    expect(await chat.count('[data-part="thread-messages"][data-following]')).toBe(0);
    await chat.settled();
  });

  it('attaches a file', async () => {
    await chat.page.run(`(() => {
      const input = document.querySelector('input[type="file"]');
      const files = new DataTransfer();
      files.items.add(new File(['Green tea at 75 degrees.'], 'tea.txt', { type: 'text/plain' }));
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
    await chat.waitFor(
      '[data-part="composer-attachments"] [data-part="file-chip"]:not([data-status="uploading"])',
    );
    await chat.send('Read this');
    await chat.waitFor(`${MESSAGE} [data-part="attachments"]`);
    await chat.waitForText('tea.txt');
    await chat.settled();
    expect(await chat.count('[data-part="composer-attachments"] [data-part="file-chip"]')).toBe(0);
  });

  it('edits a message, and shows the same after a reload', async () => {
    await chat.page.run(
      `[...document.querySelectorAll('${MESSAGE}[data-role="user"]')].at(-1).querySelector('[data-part="message-actions"] [id]').click()`,
    );
    await chat.waitFor('[data-part="message-editor-input"]');
    await chat.page.run(`document.querySelector('[data-part="message-editor-input"]').select()`);
    await chat.page.type('who are you?');
    await chat.page.press('Enter');
    await chat.waitForText('I am server a.');
    await chat.settled();
    const count = await chat.count(MESSAGE);
    await chat.page.reload();
    await chat.waitForText('I am server a.');
    await expect.poll(() => chat.count(MESSAGE)).toBe(count);
  });

  it('opens a long thread and loads older messages, with few rows in the page', async () => {
    const threadId = await served.createLongThread(150);
    await chat.page.run(`void (location.hash = 'a=${threadId}')`);
    await chat.page.reload();
    await chat.waitForText('Message 149 of');
    const row = '[data-part="message-row"]';
    await chat.page.run(`void document.querySelector('${SCROLLER}').scrollTo({ top: 0 })`);
    await chat.click('[data-part="load-older"] button');
    await chat.waitForText('Message 125 of');
    expect(await chat.count(row)).toBeLessThanOrEqual(60);
  });

  it('reports no errors', async () => {
    expect(await chat.page.run(`document.documentElement.dataset.errors ?? ''`)).toBe('');
  });
});

function createChat(page: EnginePage) {
  const read = async (script: string) => Number(await page.run(script));
  const quote = (text: string) => JSON.stringify(text);
  const count = (selector: string) => read(`document.querySelectorAll(${quote(selector)}).length`);
  const waitFor = async (selector: string) => {
    await expect.poll(() => count(selector)).toBeGreaterThan(0);
  };
  const click = async (selector: string) => {
    await waitFor(selector);
    await page.click(selector);
  };
  return {
    page,
    read,
    count,
    waitFor,
    click,
    async waitForText(text: string) {
      const hasText = () => page.run(`document.body.textContent.includes(${quote(text)})`);
      await expect.poll(hasText).toBe(true);
    },
    async send(text: string) {
      await click(COMPOSER);
      await page.type(text);
      await page.press('Enter');
    },
    settled: (status = 'completed') => waitFor(`[data-part="thread"][data-status="${status}"]`),
    hasFocus: (selector: string) =>
      page.run(`document.activeElement === document.querySelector(${quote(selector)})`),
    readStyle: (selector: string, property: string) =>
      page.run(
        `getComputedStyle(document.querySelector(${quote(selector)})).getPropertyValue(${quote(property)})`,
      ),
  };
}
