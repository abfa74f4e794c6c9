import { chromium, type Browser } from 'playwright';
import { chromiumArguments, findChromium } from '../../scripts/findChromium.js';

/** How long a page may take for one action, in milliseconds. Generous: a busy machine is slow. */
export const ACTION_TIMEOUT_MS = 60_000;

/** Launches the installed Chromium. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    args: chromiumArguments,
    ...(executablePath !== undefined && { executablePath }),
  });
}
