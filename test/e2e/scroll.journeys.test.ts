import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { sendMessage, setUpThreadPage } from './setUpThreadPage.js';

const threadPage = setUpThreadPage();

/** Opens a page whose answer is being written and is longer than the view. The thread starts 120 px below the top. */
async function openGrowingAnswer(): Promise<Page> {
  const page = await threadPage.open({ path: '/?pace=25' });
  await page.locator('#root').evaluate((root) => {
    root.style.boxSizing = 'border-box';
    root.style.paddingTop = '120px';
  });
  await sendMessage(page, 'Write something long');
  await page.waitForFunction(
    () => (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? 0) > 200,
  );
  return page;
}

const readScroller = (page: Page) =>
  page.locator('[data-part="thread-scroll"]').evaluate((scroller) => ({
    top: scroller.scrollTop,
    height: scroller.scrollHeight,
    distanceToEnd: scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
    isFollowing: scroller.closest('[data-following]') !== null,
  }));

const waitForMoreText = async (page: Page) => {
  const { height } = await readScroller(page);
  await page.waitForFunction(
    (before) =>
      (document.querySelector('[data-part="thread-scroll"]')?.scrollHeight ?? 0) > before + 100,
    height,
  );
};

it('goes where a selection is dragged while text grows, and stays there', async () => {
  const page = await openGrowingAnswer();
  const box = await page
    .locator('[data-part="message"][data-role="assistant"] p')
    .last()
    .boundingBox();
  await page.mouse.move((box?.x ?? 0) + 60, Math.min(400, (box?.y ?? 0) + 10));
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 40, 60, { steps: 8 });
  await page.waitForFunction(
    () => (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? 1) < 40,
  );
  await page.mouse.up();
  const { top } = await readScroller(page);
  await waitForMoreText(page);
  expect(await readScroller(page)).toMatchObject({ top, isFollowing: false });
});

it('follows again after the End key while text grows', async () => {
  const page = await openGrowingAnswer();
  await page.locator('[data-part="thread-scroll"]').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(
    () => (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? 1) === 0,
  );
  expect(await readScroller(page)).toMatchObject({ isFollowing: false });
  await page.keyboard.press('End');
  await waitForMoreText(page);
  expect(await readScroller(page)).toMatchObject({ isFollowing: true });
  await expect.poll(async () => (await readScroller(page)).distanceToEnd).toBeLessThan(2);
});

it('does not scroll the page around the thread', async () => {
  const page = await openGrowingAnswer();
  await page.evaluate(() => {
    document.body.style.blockSize = '3000px';
    document.documentElement.style.overflow = 'auto';
    document.body.style.overflow = 'visible';
    const root = document.getElementById('root');
    if (root) root.style.blockSize = '600px';
    window.scrollTo(0, 50);
  });
  await page.mouse.move(400, 300);
  for (let turns = 0; turns < 12; turns += 1) await page.mouse.wheel(0, -400);
  await page.waitForFunction(
    () => (document.querySelector('[data-part="thread-scroll"]')?.scrollTop ?? 1) === 0,
  );
  for (let turns = 0; turns < 4; turns += 1) await page.mouse.wheel(0, -400);
  await waitForMoreText(page);
  expect(await page.evaluate(() => window.scrollY)).toBe(50);
});
