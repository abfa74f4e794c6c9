import { chromium, type Browser } from 'playwright';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';

/** Time limit for one action of a page, in milliseconds. Generous, because a busy machine is slow. */
export const ACTION_TIMEOUT_MS = 60_000;

/** Launches the installed Chromium. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    args: chromiumArguments,
    ...(executablePath !== undefined && { executablePath }),
  });
}
