/** Distance between the button and its menu, and between the menu and the edge of the window, in CSS pixels. */
const GAP = 4;
const MARGIN = 8;

/** Places a menu below its button, at the end side, or above it where there is more room. It stays within the window. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const page = button.ownerDocument.documentElement;
  const anchor = button.getBoundingClientRect();
  const roomBelow = page.clientHeight - anchor.bottom - GAP - MARGIN;
  const roomAbove = anchor.top - GAP - MARGIN;
  menu.style.maxHeight = 'none';
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isAbove = height > roomBelow && roomAbove > roomBelow;
  menu.style.maxHeight = `${Math.max(isAbove ? roomAbove : roomBelow, 0)}px`;
  const isRightToLeft = getComputedStyle(button).direction === 'rtl';
  const left = isRightToLeft ? anchor.left : anchor.right - width;
  menu.style.left = `${Math.max(MARGIN, Math.min(left, page.clientWidth - width - MARGIN))}px`;
  menu.style.top = isAbove ? '' : `${anchor.bottom + GAP}px`;
  menu.style.bottom = isAbove ? `${page.clientHeight - anchor.top + GAP}px` : '';
}
