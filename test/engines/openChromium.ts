import { ACTION_TIMEOUT_MS, launchBrowser } from '../e2e/launchBrowser.js';
import { VIEWPORT, type EnginePage } from './EnginePage.js';

/** Opens a page of the installed Chromium, driven by Playwright. */
export async function openChromium(): Promise<EnginePage> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: VIEWPORT });
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    run: (script) => page.evaluate(script),
    click: (selector) => page.locator(selector).first().click(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    async wheel(selector, deltaY) {
      await page.locator(selector).first().hover();
      await page.mouse.wheel(0, deltaY);
    },
    close: () => browser.close(),
  };
}
