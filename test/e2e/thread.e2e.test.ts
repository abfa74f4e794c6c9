import { expect, it } from 'vitest';
import {
  getComposer,
  getFocused,
  sendMessage,
  setUpThreadPage,
  waitForStatus,
} from './setUpThreadPage.js';

const threadPage = setUpThreadPage();

it('holds a whole conversation under a strict policy', async () => {
  const page = await threadPage.open();
  await sendMessage(page, 'Show me some markdown');
  await waitForStatus(page);
  await sendMessage(page, 'What is the weather in Paris?');
  await page.getByRole('button', { name: 'Submit result' }).waitFor();
  expect(await page.evaluate(() => window.violations)).toEqual([]);
});

it('opens menus and lists under a strict policy', async () => {
  const page = await threadPage.open({ path: '/?popups' });
  const more = page.getByRole('button', { name: 'More' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Rename');
  const [button, menu] = [await more.boundingBox(), await page.getByRole('menu').boundingBox()];
  expect(menu?.y).toBeGreaterThan((button?.y ?? 0) + (button?.height ?? 0));
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Assistant: Helper' }).click();
  await page.getByRole('combobox', { name: 'Search assistants' }).fill('helper');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(await getFocused(page)).toBe('Assistant: Helper');
  expect(await page.evaluate(() => window.violations)).toEqual([]);
});

it('announces the start of an answer once and the finished answer once', async () => {
  const page = await threadPage.open({ path: '/?pace=10' });
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  await page.waitForFunction(() => window.announcements.length >= 2);
  const announced = await page.evaluate(() => window.announcements);
  expect(announced[0]).toBe('The assistant is answering.');
  expect(announced[1]).toMatch(/^The assistant says: Hello! Good to see you/);
  expect(announced).toHaveLength(2);
});

it('announces a failed answer assertively', async () => {
  const page = await threadPage.open();
  await sendMessage(page, 'fail');
  await waitForStatus(page, 'failed');
  await page.waitForFunction(() => window.announcements.some((text) => text.startsWith('!')));
  expect(await page.evaluate(() => window.announcements)).toEqual([
    'The assistant is answering.',
    '!The answer failed.',
  ]);
});

it('reaches every control of the thread by keyboard', async () => {
  const page = await threadPage.open();
  await getComposer(page).focus();
  await page.keyboard.type('Write something long');
  await page.keyboard.press('Enter');
  await waitForStatus(page);
  expect(await getFocused(page)).toBe('Message');

  // Backwards from the composer: the actions of the last answer, then the list, which scrolls by keyboard.
  const walked: (string | null | undefined)[] = [];
  for (let step = 0; step < 20 && walked.at(-1) !== 'Conversation'; step += 1) {
    await page.keyboard.press('Shift+Tab');
    walked.push(await getFocused(page));
  }
  expect(walked).toContain('Regenerate');
  expect(walked).toContain('Copy');
  expect(walked).toContain('Edit');
  expect(walked.at(-1)).toBe('Conversation');
  const position = () =>
    page.locator('[data-part="thread-scroll"]').evaluate((element) => element.scrollTop);
  const top = await position();
  await page.keyboard.press('End');
  await page.waitForFunction(
    (before) =>
      (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? before) > before + 50,
    top,
  );

  await page.getByRole('button', { name: 'Edit' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => getFocused(page)).toBe('Edit message');
  await page.keyboard.press('Escape');
  await expect.poll(() => getFocused(page)).toBe('Edit');
});

it('moves the focus between the messages and the composer with F6', async () => {
  const page = await threadPage.open();
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  await page.keyboard.press('F6');
  expect(await getFocused(page)).toBe('Conversation');
  await page.getByRole('button', { name: 'Regenerate' }).focus();
  await page.keyboard.press('F6');
  expect(await getFocused(page)).toBe('Message');
  await page.keyboard.press('Control+F6');
  expect(await getFocused(page)).toBe('Message');
});

it('returns the focus to the composer when an answer is stopped', async () => {
  const page = await threadPage.open({ path: '/?pace=60' });
  await sendMessage(page, 'Write something long');
  const stop = page.getByRole('button', { name: 'Stop answer' });
  await stop.focus();
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'cancelled');
  expect(await getFocused(page)).toBe('Message');
});

it.each([
  ['320 pixels, as at 400 % zoom', { viewport: { width: 320, height: 256 } }],
  ['a small phone', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
] as const)('does not scroll horizontally at %s', async (_, options) => {
  const page = await threadPage.open(options);
  await sendMessage(page, 'Show me some markdown');
  await waitForStatus(page);
  await page.locator('input[type="file"]').setInputFiles({
    name: 'Quarterly report of the northern region, third version with comments.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Hello'),
  });
  await page.locator('[data-part="composer"] [data-part="file-chip"]').waitFor();
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(widths.content).toBeLessThanOrEqual(widths.window);
  expect(await getComposer(page).isVisible()).toBe(true);
  const list = await page.locator('[data-part="thread-scroll"]').boundingBox();
  expect(list?.height).toBeGreaterThan(60);
});

it('runs no animation when the user prefers reduced motion', async () => {
  const page = await threadPage.open({ reducedMotion: 'reduce', path: '/?pace=40' });
  await sendMessage(page, 'Write something long');
  await page.locator('[data-part="message"][data-streaming]').waitFor();
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
});

it('keeps every control visible in forced colours', async () => {
  const page = await threadPage.open({ forcedColors: 'active' });
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  await page.getByRole('button', { name: 'Attach files' }).hover();
  await page.locator('[data-part="tooltip"]').waitFor();
  const faint = await page.evaluate(() =>
    [...document.querySelectorAll('button, textarea, [data-part="tooltip"]')]
      .filter((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return color === backgroundColor;
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
  expect(faint).toEqual([]);
});

it('has fields that Safari does not zoom into, and buttons that are hit where they are seen, on a touch screen', async () => {
  const page = await threadPage.open({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 320, height: 640 },
  });
  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  // A tap on the message shows its buttons.
  await page.getByText('Hello', { exact: true }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.locator('[data-part="message-editor-input"]').waitFor();
  await page.getByRole('button', { name: 'Good answer' }).waitFor();
  const sizes = await page
    .locator('textarea')
    .evaluateAll((fields) => fields.map((field) => parseFloat(getComputedStyle(field).fontSize)));
  expect(sizes).toEqual([16, 16]);

  // Also near the edges, where the larger area of a neighbor could cover the button.
  const missed = await page.locator('[data-part="message-actions"] button').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      button.scrollIntoView({ block: 'center' });
      const { left, right, top, bottom } = button.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      const hit = [left + 1, (left + right) / 2, right - 1].map((x) =>
        document.elementFromPoint(x, middle)?.closest('button'),
      );
      return hit.every((found) => found === button) ? [] : [button.ariaLabel];
    }),
  );
  expect(missed).toEqual([]);
  const reached = await page
    .getByRole('button', { name: 'Copy' })
    .last()
    .evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const x = left + width / 2;
      const y = top + height / 2;
      return [document.elementFromPoint(x, y - 21), document.elementFromPoint(x - 21, y)].map(
        (found) => found?.closest('button') === button,
      );
    });
  expect(reached).toEqual([true, true]);
});
