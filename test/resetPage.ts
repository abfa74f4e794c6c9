import { afterAll, vi } from 'vitest';

/*
 * The files of the project `dom` that run in one process share its window and the libraries: loading them for each file would
 * take longer than its tests. This resets after each file what tests can change, so that the next one starts with an empty page
 * and its own modules of the package. Testing Library has unmounted what it has rendered.
 */
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetModules();
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, '', '/');
  for (const element of [document.documentElement, document.head, document.body])
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
  document.head.replaceChildren();
  document.body.replaceChildren();
  // Tests cover these members of prototypes. `userEvent.setup()` creates a clipboard, for example.
  Reflect.deleteProperty(navigator, 'clipboard');
  Reflect.deleteProperty(document, 'visibilityState');
});
