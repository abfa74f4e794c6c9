import { launch } from 'puppeteer-core';
import { findFirefox } from '../../scripts/findEngines.js';
import { ACTION_TIMEOUT_MS } from '../e2e/launchBrowser.js';
import { VIEWPORT, type EnginePage } from './EnginePage.js';

/** Opens a page of the installed Firefox, driven by WebDriver BiDi. Playwright cannot drive it. */
export async function openFirefox(): Promise<EnginePage> {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new Error('No Firefox was found. Install it, or set FIREFOX_PATH to its executable.');
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    run: (script) => page.evaluate(script),
    click: (selector) => page.click(selector),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    async wheel(selector, deltaY) {
      await page.hover(selector);
      await page.mouse.wheel({ deltaY });
    },
    close: () => browser.close(),
  };
}
