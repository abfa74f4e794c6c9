import { isHidden } from '../../common/isHidden.js';

/** Time after which a hidden page closes its stream, so that a short look at another tab changes nothing. */
const HIDDEN_MS = 10_000;

/**
 * Aborts once the page has been hidden for ten seconds. Over HTTP/1.1, a browser has six connections to a server for
 * all pages, so six hidden pages with a stream would keep the next page from loading.
 *
 * @returns the signal, and a function that stops watching
 */
export function abortWhenHidden(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  // React Native has no document.
  const { document } = globalThis;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = () => {
    clearTimeout(timer);
    if (isHidden()) timer = setTimeout(() => controller.abort(), HIDDEN_MS);
  };
  check();
  document?.addEventListener('visibilitychange', check);
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer);
      document?.removeEventListener('visibilitychange', check);
    },
  };
}
