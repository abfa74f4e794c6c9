import { afterEach } from 'vitest';
import styles from '../../../src/styles.css?inline';

const cleanups: (() => void)[] = [];
afterEach(cleanUp);

/** Removes what a test has added to the page. */
export function cleanUp(): void {
  cleanups.splice(0).forEach((cleanup) => cleanup());
}

/** Calls a function after the test, before elements are removed. */
export function cleanUpLater(cleanup: () => void): void {
  cleanups.unshift(cleanup);
}

/** Adds an element to the page, and removes it after the test. */
export function append<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
): HTMLElementTagNameMap[Tag] {
  const element = document.body.appendChild(document.createElement(tag));
  cleanups.push(() => element.remove());
  return element;
}

/** Adds the styles of the package to a document or a shadow root. */
export function addStyles(target: Node): void {
  const sheet = document.createElement('style');
  sheet.textContent = styles;
  target.appendChild(sheet);
}

/** Places of an app that hold the button of a popup. */
export const places: Record<string, () => HTMLElement> = {
  'an element that clips': () => {
    const box = append('div');
    addStyles(box);
    box.style.cssText = 'overflow: hidden; inline-size: 60px; block-size: 60px; contain: paint';
    return box;
  },
  'a modal dialog': () => {
    const dialog = append('dialog');
    addStyles(dialog);
    dialog.showModal();
    return dialog;
  },
  'a shadow root': () => {
    const shadow = append('div').attachShadow({ mode: 'open' });
    addStyles(shadow);
    return shadow.appendChild(document.createElement('div'));
  },
  'an iframe': () => {
    const frame = append('iframe');
    frame.style.cssText = 'position: fixed; top: 0; left: 0; block-size: 300px';
    const page = frame.contentDocument;
    if (page === null) throw new Error('The frame has no document.');
    // A blank frame is in quirks mode, in which its height is that of its content.
    page.open();
    page.write('<!doctype html><body></body>');
    page.close();
    addStyles(page.head);
    return page.body;
  },
  'a page from right to left': () => {
    const box = append('div');
    addStyles(box);
    box.dir = 'rtl';
    box.style.cssText = 'position: fixed; top: 0; left: 20px; inline-size: 60px';
    return box;
  },
};
