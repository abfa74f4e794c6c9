import type { KeyboardEvent } from 'react';
import { isElement } from '../../../common/isElement.js';
import { findComposer } from '../findComposer.js';
import type { MessageListAccess, ThreadNavigationStore } from '../ThreadNavigation.js';

/**
 * Handles a key in the message list. The arrow keys, Home and End move the focus between messages, Enter moves it to the first
 * control of a message, and Escape back to the message and from there to the composer. Arrow keys scroll to the end of a message
 * first that is higher than the view.
 */
export function moveInMessages(
  event: KeyboardEvent<HTMLElement>,
  navigation: ThreadNavigationStore,
): void {
  const { key, target, currentTarget: scroller } = event;
  const list = navigation.list.getState();
  if (!list || !isPlainKey(event) || !isElement(target)) return;
  const row = target.closest<HTMLElement>(ROW) ?? undefined;
  const message = row && getMessage(row);
  // `scrollToMessage` moves the focus to the row.
  const isOnMessage = target === message || target === row;
  const isOnList = target === scroller || isOnMessage;
  if (key === 'Escape') focusElement(event, getEscapeTarget(target, scroller, message, isOnList));
  else if (key === 'Enter' && isOnMessage)
    focusElement(event, row?.querySelector<HTMLElement>(CONTROL));
  else if (isOnList) moveFocus(event, row, list, navigation);
}

function moveFocus(
  event: KeyboardEvent<HTMLElement>,
  row: HTMLElement | undefined,
  list: MessageListAccess,
  navigation: ThreadNavigationStore,
): void {
  const next = getNextIndex(event.key, row, list);
  if (next === undefined) return;
  event.preventDefault();
  // If code cannot be loaded, the user can press the key again.
  focusMessage(next, event.key, navigation).catch(() => undefined);
}

/** Returns the element that Escape leads to: from a control its message, and from a message or the list the composer. */
function getEscapeTarget(
  target: Element,
  scroller: HTMLElement,
  message: HTMLElement | undefined,
  isOnList: boolean,
): HTMLElement | undefined {
  if (isOnList) return findComposer(scroller);
  // Fields and open popovers have a use for Escape themselves.
  return target.matches(FIELD) || isOpen(target) ? undefined : message;
}

const ROW = '[data-part="message-row"], [data-part="message-as-text"]';
const MESSAGE = '[data-part="message"]';
/** Message that Tab leads to. */
const TAB_STOP = `:is(${MESSAGE}, ${ROW})[tabindex="0"]`;
const FIELD = 'input, textarea, select';
const CONTROL = `a[href], button:not(:disabled), summary, ${FIELD}`;

/** Returns true for a key that is pressed alone, and that nothing else has handled. */
function isPlainKey(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, defaultPrevented, nativeEvent } = event;
  const hasModifier = ctrlKey || metaKey || altKey || shiftKey;
  return !hasModifier && !defaultPrevented && !nativeEvent.isComposing;
}

/** Returns the element of a row that takes the focus: its message, or the row itself if the app renders another element. */
function getMessage(row: HTMLElement): HTMLElement {
  return row.querySelector<HTMLElement>(MESSAGE) ?? row;
}

/** Returns true for a button whose popover is open, which Escape closes. */
function isOpen(target: Element): boolean {
  return target.getAttribute('aria-expanded') === 'true';
}

function focusElement(event: KeyboardEvent, element: HTMLElement | null | undefined): void {
  if (!element) return;
  event.preventDefault();
  element.focus();
}

/** Returns the index of the row that a key leads to. Undefined if it leads nowhere, or scrolls. */
function getNextIndex(
  key: string,
  row: HTMLElement | undefined,
  list: MessageListAccess,
): number | undefined {
  const last = list.rows.length - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowUp':
      return getNeighbor(row, -1, list);
    case 'ArrowDown':
      return getNeighbor(row, 1, list);
    default:
      return undefined;
  }
}

/** Returns the index of the row before or after a row. Undefined if the row is cut there, so that the key scrolls first. */
function getNeighbor(
  row: HTMLElement | undefined,
  step: -1 | 1,
  list: MessageListAccess,
): number | undefined {
  const view = list.scrollRef.current?.getBoundingClientRect();
  if (!view) return undefined;
  const isUp = step === -1;
  if (!row || !isInView(row, view)) return getVisibleIndex(isUp, view, list);
  const { top, bottom } = row.getBoundingClientRect();
  const isCut = isUp ? top < view.top - 1 : bottom > view.bottom + 1;
  if (isCut) return undefined;
  const index = getIndex(row, list);
  if (isUp && index === 0 && list.query.hasNextPage) void list.query.fetchNextPage();
  return Math.min(list.rows.length - 1, Math.max(0, index + step));
}

/** Returns the index of the first visible row, or when moving up of the last one. */
function getVisibleIndex(
  isUp: boolean,
  view: DOMRect,
  list: MessageListAccess,
): number | undefined {
  const visible = getRows(list).filter((row) => isInView(row, view));
  const row = isUp ? visible.at(-1) : visible[0];
  return row && getIndex(row, list);
}

function isInView(row: HTMLElement, view: DOMRect): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom >= view.top && top <= view.bottom;
}

function getRows({ scrollRef }: MessageListAccess): HTMLElement[] {
  return [...(scrollRef.current?.querySelectorAll<HTMLElement>(ROW) ?? [])];
}

function getIndex(row: HTMLElement, { rows }: MessageListAccess): number {
  return rows.findIndex(({ key }) => key === row.dataset['key']);
}

/** Moves the focus to a message, and scrolls to it. */
async function focusMessage(
  index: number,
  key: string,
  { list, scrollToMessage }: ThreadNavigationStore,
): Promise<void> {
  const before = list.getState();
  const target = before?.rows[index];
  if (!before || !target) return;
  const findRow = (current: MessageListAccess | undefined): HTMLElement | undefined =>
    current && getRows(current).find(({ dataset }) => dataset['key'] === target.key);
  if (key === 'End') before.jumpToLatest();
  // Rows far away are not in the page yet.
  if (!findRow(before) && !(await scrollToMessage(target.message.id))) return;
  const current = list.getState();
  const row = findRow(current);
  if (!current || !row) return;
  const message = getMessage(row);
  const scroller = current.scrollRef.current;
  for (const other of scroller?.querySelectorAll<HTMLElement>(TAB_STOP) ?? []) other.tabIndex = -1;
  message.tabIndex = 0;
  describeMessage(message, index, current);
  message.focus({ preventScroll: true });
  // Environments without layout, such as jsdom, do not scroll.
  if (key !== 'End') message.scrollIntoView?.({ block: 'nearest' });
}

/** Longest text that screen readers read out without being asked, in UTF-16 units. */
const MAX_DESCRIPTION_LENGTH = 2_000;

/** Tells screen readers the position of a message among the loaded ones, and its text. */
function describeMessage(
  message: HTMLElement,
  index: number,
  { rows, query }: MessageListAccess,
): void {
  if (!message.matches(MESSAGE)) return;
  message.setAttribute('aria-posinset', `${index + 1}`);
  // -1: the number of older messages is not known.
  message.setAttribute('aria-setsize', `${query.hasNextPage ? -1 : rows.length}`);
  const body = message.querySelector('[data-part="message-body"]');
  const nameId = message.getAttribute('aria-labelledby');
  if (!body || !nameId) return;
  body.id ||= `${nameId}-text`;
  if ((body.textContent ?? '').length > MAX_DESCRIPTION_LENGTH)
    message.removeAttribute('aria-describedby');
  else message.setAttribute('aria-describedby', body.id);
}
