import { expect, it } from 'vitest';
import { hasFocus, sendMessage, setUpPlayground, waitForStatus } from './setUpPlayground.js';

const playground = setUpPlayground();

it('keeps the focus when a panel that covers the thread closes', async () => {
  const page = await playground.open({ viewport: { width: 600, height: 800 } });
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  await page.getByRole('navigation').getByRole('button', { name: 'New thread' }).focus();
  await page.keyboard.press('Escape');
  expect(await hasFocus(page.getByRole('textbox', { name: 'Message' }))).toBe(true);
});

it('closes the panels of a window that becomes narrow', async () => {
  const page = await playground.open({ viewport: { width: 1300, height: 800 } });
  await page.getByRole('complementary', { name: 'Code' }).waitFor();
  await page.setViewportSize({ width: 600, height: 800 });
  await page.getByRole('complementary', { name: 'Code' }).waitFor({ state: 'hidden' });
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  expect(await page.getByRole('textbox', { name: 'Message' }).isVisible()).toBe(true);
});

it('explains itself, and shows the code of each chapter beside it', async () => {
  const page = await playground.open();
  await page.getByText('React hooks and components for chats over the Assistants API').waitFor();
  const code = page.getByRole('complementary', { name: 'Code' });
  await code.locator('pre', { hasText: '<ThreadView' }).waitFor();
  await code.getByRole('button', { name: 'App.tsx' }).click();
  await code.locator('pre', { hasText: 'createBackend' }).waitFor();
  for (const [title, heading, source] of [
    ['Approval', 'Nothing happens without you', 'needsApproval: true'],
    ['A failing server', 'A server that misbehaves', 'withFaults'],
    ['Two users', 'Your own threads', 'x-user'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name: title }).click();
    await page.locator('[data-part="empty-title"]', { hasText: heading }).first().waitFor();
    await code.locator('pre', { hasText: source }).waitFor();
  }
  await page.goto(`${playground.origin}/#/chapter/longThread`);
  await page.getByText('Stop 1000 is 3000 km from the start').waitFor();
  await page.getByRole('link', { name: 'Read the guide' }).click();
  await page.getByRole('heading', { name: 'Concepts' }).waitFor();
  expect(page.url()).toContain('#/guide/concepts');
});

it('lists its shortcuts under ?, and closes the list with Escape', async () => {
  const page = await playground.open();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.locator('.app').isVisible()).toBe(true);
});

it('turns the shortcuts of single keys off, and remembers that', async () => {
  const page = await playground.open();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('button', { name: 'Look' }).focus();
  await page.keyboard.press('?');
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await dialog.waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBeNull();
});

it('opens the panels of a phone over a scrim that closes them', async () => {
  const page = await playground.open({ viewport: { width: 390, height: 740 } });
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  await page.getByRole('navigation').waitFor();
  await page.mouse.click(380, 400);
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  expect(await page.getByRole('button', { name: 'New thread' }).isVisible()).toBe(true);
});

it.each([360, 320])('does not scroll horizontally at %i pixels', async (width) => {
  const page = await playground.open({ viewport: { width, height: 740 } });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await sendMessage(page, 'Show me some markdown');
  await waitForStatus(page);
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(
    await page
      .locator('[data-part="thread-scroll"]')
      .evaluate((element) => element.scrollWidth - element.clientWidth),
  ).toBe(0);
  await page.getByRole('button', { name: 'Chapters and threads' }).click();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  for (const panel of ['Runs', 'Code']) {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: panel }).click();
    await page.getByRole('complementary', { name: panel }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  }
});

it('follows the color scheme of the system, and remembers another choice', async () => {
  const page = await playground.open({ colorScheme: 'dark' });
  const lightness = () =>
    page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d');
      if (!canvas) return NaN;
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data[0] ?? NaN;
    });
  expect(await lightness()).toBeLessThan(60);

  await page.getByRole('button', { name: 'Look' }).click();
  const look = page.getByRole('dialog', { name: 'Look' });
  await look.getByLabel('Theme').selectOption('Light');
  await expect.poll(lightness).toBeGreaterThan(230);
  await look.getByLabel('Language', { exact: true }).selectOption('العربية');
  await page.getByRole('textbox', { name: 'الرسالة' }).waitFor();
  // The frame around the examples has the language too.
  await page.getByRole('button', { name: 'المظهر' }).waitFor();
  await page.getByRole('link', { name: 'الموافقة' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ar');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  await page.reload();
  await page.getByRole('textbox', { name: 'الرسالة' }).waitFor();
  expect(await lightness()).toBeGreaterThan(230);
});
