import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ACTION_TIMEOUT_MS, launchBrowser } from '../e2e/launchBrowser.js';
import { serveEmbedding } from './serveEmbedding.js';

/**
 * Defines the same journey through the chat for each app of `hosts.tsx`.
 *
 * @param getFolder Returns the folder with the built page, once the tests run.
 */
export function describeEmbedding(
  names: readonly string[],
  getFolder = () => join(inject('builds'), 'embedding'),
): void {
  let served: Awaited<ReturnType<typeof serveEmbedding>>;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveEmbedding(getFolder());
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  describe.each(names)('%s', (name) => {
    it('holds the whole journey of a chat', async () => {
      const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
      page.setDefaultTimeout(ACTION_TIMEOUT_MS);
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      if (name === 'an older browser') await page.addInitScript(removeFeatures);
      await page.goto(`${served.origin}/?host=${encodeURIComponent(name)}`);
      const place =
        name === 'an iframe' ? page.frameLocator('iframe').locator('body') : page.locator('body');
      const [chat, other] = [getChat(page, place, 'a'), getChat(page, place, 'b')];

      await readsMarkdown(chat, name);
      if (name !== 'an older browser') await followsColorScheme(chat);
      await takePictures(page, name);
      await answersForms(chat);
      await stops(chat);
      await staysWhereTheUserScrolls(chat);
      await sendsFiles(chat);
      await editsAndReloads(chat);
      if (name === 'two chats of two servers') await keepsServersApart(chat, other);
      await opensLongThread(chat, await served.createLongThread(150));

      expect(page.url()).toMatch(new RegExp(`^${served.origin}/\\?host=`));
      expect(await page.getByText('submitted', { exact: true }).count()).toBe(0);
      expect(errors).toEqual([]);
      await page.close();
    });
  });
}

/** With EMBEDDING_PICTURES, saves the page in light and dark to that folder, for the eyes of the developer. */
async function takePictures(page: Page, name: string): Promise<void> {
  const folder = process.env['EMBEDDING_PICTURES'];
  if (folder === undefined || folder === '') return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: join(folder, `${name.replaceAll(' ', '-')}-${colorScheme}.png`),
    });
  }
  await page.emulateMedia({ colorScheme: null });
}

type Chat = ReturnType<typeof getChat>;

function getChat(page: Page, place: Locator, server: string) {
  const root = place.locator(`[data-chat="${server}"]`);
  const composer = root.locator('[data-part="composer-input"]');
  return {
    page,
    root,
    composer,
    find: (selector: string) => root.locator(selector),
    async send(text: string): Promise<void> {
      await composer.fill(text);
      await composer.press('Enter');
    },
    settled: (status = 'completed') =>
      root.locator(`[data-part="thread"][data-status="${status}"]`).waitFor(),
    hasFocus: (locator: Locator) =>
      locator.evaluate((element) => {
        const tree = element.getRootNode();
        return 'activeElement' in tree && tree.activeElement === element;
      }),
  };
}

const style = (locator: Locator, property: string): Promise<string> =>
  locator
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

async function readsMarkdown(chat: Chat, name: string): Promise<void> {
  await chat.send('Show me some markdown');
  await chat.find('[data-part="message"][data-streaming]').waitFor();
  await chat.settled();
  expect(await chat.hasFocus(chat.composer)).toBe(true);
  const markdown = '[data-role="assistant"] [data-part="markdown"]';
  expect(
    await style(chat.find(`${markdown} ul:not(:has(> [data-task])) > li`), 'list-style-type'),
  ).toBe('disc');
  expect(await style(chat.find(`${markdown} ol`), 'list-style-type')).toBe('decimal');
  expect(Number(await style(chat.find(`${markdown} :is(h3, h4)`), 'font-weight'))).toBeGreaterThan(
    550,
  );
  expect(await style(chat.find(`${markdown} td`), 'padding-top')).not.toBe('0px');
  expect(
    await style(chat.find('[data-role="user"] [data-part="message-text"]'), 'padding-left'),
  ).toBe('16px');
  if (name === 'an older browser') return;
  const clear = 'rgba(0, 0, 0, 0)';
  expect(
    await style(chat.find('[data-role="user"] [data-part="message-text"]'), 'background-color'),
  ).not.toBe(clear);
  await chat.composer.fill('x');
  expect(await style(chat.find('[data-action="send"]'), 'background-color')).not.toBe(clear);
  await chat.composer.fill('');
}

async function followsColorScheme({ page, find }: Chat): Promise<void> {
  const readLightness = async (property: string) => {
    const color = await style(find('[data-role="user"] [data-part="message-text"]'), property);
    return page.evaluate(getLightness, color);
  };
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const isDark = colorScheme === 'dark';
    await expect.poll(async () => (await readLightness('color')) > 128).toBe(isDark);
    expect((await readLightness('background-color')) < 128).toBe(isDark);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Returns the red part of a CSS color over white, from 0 to 255. Runs in the page. */
function getLightness(color: string): number {
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) return NaN;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data[0] ?? NaN;
}

async function answersForms(chat: Chat): Promise<void> {
  await chat.send('form');
  const field = chat.find('[data-part="tool-output-form"] textarea');
  await field.fill('18 degrees');
  await chat.find('[data-part="tool-output-form"] [type="submit"]').click();
  await chat.root.getByText('Thank you.').last().waitFor();
  await chat.send('approve');
  await chat.find('[data-part="tool-approval"] [type="submit"]').click();
  await chat.root.getByText('Mail is sent.').last().waitFor();
  await chat.find('[data-part="run-calls"]').getByText('get_weather').waitFor();
  await chat.settled();
}

async function stops(chat: Chat): Promise<void> {
  await chat.send('Write something long');
  await chat.find('[data-part="message"][data-streaming]').waitFor();
  await chat.find('[data-action="stop"]').click();
  await chat.settled('cancelled');
  expect(await chat.hasFocus(chat.composer)).toBe(true);
  await chat.composer.press('F6');
  expect(await chat.hasFocus(chat.find('[data-part="thread-scroll"]'))).toBe(true);
}

async function staysWhereTheUserScrolls(chat: Chat): Promise<void> {
  const scroller = chat.find('[data-part="thread-scroll"]');
  const readTop = () => scroller.evaluate(({ scrollTop }) => scrollTop);
  await chat.send('Write something long');
  await chat.find('[data-part="message"][data-streaming]').waitFor();
  await scroller.hover();
  await chat.page.mouse.wheel(0, -600);
  await chat.find('[data-part="thread-messages"]:not([data-following])').waitFor();
  const text = chat.find('[data-part="message"]').last();
  const before = (await text.innerText()).length;
  await expect.poll(readTop).toBeGreaterThan(0);
  const top = await readTop();
  await expect.poll(async () => (await text.innerText()).length).toBeGreaterThan(before);
  expect(Math.abs((await readTop()) - top)).toBeLessThanOrEqual(120);
  await chat.settled();
}

async function sendsFiles(chat: Chat): Promise<void> {
  await chat.find('input[type="file"]').setInputFiles({
    name: 'tea.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Green tea at 75 degrees.'),
  });
  await chat
    .find(
      '[data-part="composer-attachments"] [data-status="uploaded"], [data-part="composer-attachments"] [data-part="file-chip"]:not([data-status="uploading"])',
    )
    .waitFor();
  await chat.composer.fill('Read this');
  await expect.poll(() => chat.find('[data-action="send"]').isEnabled()).toBe(true);
  await chat.composer.press('Enter');
  await chat.find('[data-part="message"] [data-part="attachments"]').getByText('tea.txt').waitFor();
  await chat.settled();
}

async function editsAndReloads(chat: Chat): Promise<void> {
  const message = chat.find('[data-part="message"][data-role="user"]').last();
  await message.hover();
  await message.locator('[data-part="message-actions"] [id]').click();
  const editor = chat.find('[data-part="message-editor-input"]');
  await editor.fill('who are you?');
  await editor.press('Enter');
  await chat.root.getByText('I am server a.').last().waitFor();
  await chat.settled();
  const count = await chat.find('[data-part="message"]').count();
  await chat.page.reload();
  await chat.root.getByText('I am server a.').last().waitFor();
  await expect.poll(() => chat.find('[data-part="message"]').count()).toBe(count);
}

async function keepsServersApart(chat: Chat, other: Chat): Promise<void> {
  await chat.composer.fill('A draft');
  await other.send('who are you?');
  await other.root.getByText('I am server b.').last().waitFor();
  expect(await chat.composer.inputValue()).toBe('A draft');
  expect(await other.root.getByText('I am server a.').count()).toBe(0);
}

async function opensLongThread(chat: Chat, threadId: string): Promise<void> {
  await chat.page.evaluate((id) => {
    location.hash = `a=${id}`;
    location.reload();
  }, threadId);
  const rows = chat.find('[data-part="message-row"]');
  await rows.last().getByText('Message 149 of').waitFor();
  await chat
    .find('[data-part="thread-scroll"]')
    .evaluate((element) => element.scrollTo({ top: 0 }));
  await chat.find('[data-part="load-older"] button').click();
  await expect.poll(() => rows.count()).toBeLessThanOrEqual(60);
}

/** Removes what older browsers lack. Runs in the page. */
function removeFeatures(): void {
  Reflect.deleteProperty(Intl, 'Segmenter');
  Reflect.deleteProperty(Window.prototype, 'onscrollend');
  Reflect.deleteProperty(Element.prototype, 'onscrollend');
  Reflect.deleteProperty(Document.prototype, 'onscrollend');
  for (const type of ['scrollend'])
    window.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  const { supports } = CSS;
  CSS.supports = (...condition: string[]) =>
    !/field-sizing|light-dark/.test(condition.join(' ')) &&
    Reflect.apply(supports, CSS, condition) === true;
}
