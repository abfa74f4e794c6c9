import { warnOnce } from '../../common/warnOnce.js';

/** Factor of the height of the window that no list with a height of its own reaches. */
const MAX_WINDOWS = 2;

/** Warns developers about a list that grows with its rows, so that it can neither scroll nor leave rows out of the page. */
export function warnAboutHeight(scroller: HTMLElement): void {
  const { clientHeight, ownerDocument } = scroller;
  const windowHeight = ownerDocument.documentElement.clientHeight;
  if (clientHeight <= windowHeight * MAX_WINDOWS) return;
  warnOnce(
    'unbounded-height',
    `The message list is ${clientHeight} px high, so all of its messages are in the page and it does not scroll. Give the thread a height, such as style={{ height: '100dvh' }}.`,
    scroller,
  );
}
