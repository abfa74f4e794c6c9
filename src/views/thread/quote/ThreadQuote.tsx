'use client';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react';
import { isElement } from '../../../common/isElement.js';
import { containsFocus, getSelectedNodes } from '../../../common/treeRoot.js';
import { Button } from '../../../components/Button.js';
import { insertText } from '../../../components/composer/insertText.js';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { TextQuote } from '../../../components/icons.lazy.js';
import { findComposer } from '../findComposer.js';
import { asPart } from '../../../components/part.js';

/** Text that the user has selected in a message, and where it ends. */
interface Selected {
  text: string;
  rect: DOMRect;
}

/**
 * Button near a text that the user has selected in a message. It quotes the text in the composer. The Tab key moves the focus to
 * it, Escape hides it. A thread has it if the app adds it: as a child of `ThreadView`, or anywhere inside `Thread.Root`.
 * Element: div, with a button while text is selected. Context: `Thread.Root`.
 *
 * @example
 * ```tsx
 * import { ThreadQuote, ThreadView } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   return (
 *     <ThreadView assistantId={assistantId}>
 *       <ThreadQuote />
 *     </ThreadView>
 *   );
 * }
 * ```
 */
export function ThreadQuote(): ReactElement {
  const texts = useCompleteTexts().message;
  const element = useRef<HTMLDivElement>(null);
  const { selected, hide } = useSelected(element);
  useLayoutEffect(() => {
    if (selected && element.current) place(element.current, selected.rect);
  }, [selected]);

  const quote = (): void => {
    const composer = findComposer(element.current);
    if (!selected || !composer) return;
    hide();
    composer.ownerDocument.getSelection()?.removeAllRanges();
    composer.focus();
    const before = composer.value.trimEnd();
    const text = `${before === '' ? '' : '\n\n'}${toQuote(selected.text)}\n\n`;
    insertText(composer, text, before.length, composer.value.length);
    composer.scrollTop = composer.scrollHeight;
  };
  return (
    <div ref={element} {...asPart('thread-quote')}>
      {selected && (
        // A click must not end the selection before it is read.
        <Button onPointerDown={(event) => event.preventDefault()} onClick={quote}>
          <TextQuote size={16} />
          {texts.quote}
        </Button>
      )}
    </div>
  );
}

/** Returns a text as a quote in markdown. */
function toQuote(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** Follows the selection in the messages of the thread around an element. */
function useSelected(element: RefObject<HTMLElement | null>) {
  const [selected, setSelected] = useState<Selected>();
  const hide = (): void => setSelected(undefined);
  useEffect(() => {
    const thread = element.current?.closest<HTMLElement>('[data-part="thread"]');
    if (!thread) return undefined;
    const page = thread.ownerDocument;
    let isPressed = false;
    const read = (): void => {
      // While the user drags, the button would be in the way.
      if (!isPressed) setSelected(readSelected(thread));
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const button = element.current?.querySelector('button');
      if (!button) return;
      const isEscape = event.key === 'Escape';
      const isTab = event.key === 'Tab' && !event.shiftKey && !containsFocus(button);
      if (!isEscape && !isTab) return;
      event.preventDefault();
      if (isTab) button.focus();
      else setSelected(undefined);
    };
    const listeners = new AbortController();
    const options = { signal: listeners.signal, capture: true };
    page.addEventListener('selectionchange', read, options);
    page.addEventListener('scroll', read, options);
    page.defaultView?.addEventListener('resize', read, options);
    page.addEventListener('keydown', onKeyDown, options);
    const onPress = (event: Event): void => {
      isPressed = !(isElement(event.target) && element.current?.contains(event.target));
    };
    page.addEventListener('pointerdown', onPress, options);
    const onRelease = (): void => {
      isPressed = false;
      read();
    };
    page.addEventListener('pointerup', onRelease, options);
    page.addEventListener('pointercancel', onRelease, options);
    return () => listeners.abort();
  }, [element]);
  return { selected, hide };
}

/** Returns the selected text if both of its ends are in texts of messages of a thread. */
function readSelected(thread: HTMLElement): Selected | undefined {
  const nodes = getSelectedNodes(thread);
  const selection = thread.ownerDocument.getSelection();
  const text = selection?.toString() ?? '';
  const isInMessages = nodes.every((node) => thread.contains(node) && isInMessage(node));
  if (!selection || nodes.length === 0 || !isInMessages || text.trim() === '') return undefined;
  const rect = [...selection.getRangeAt(0).getClientRects()].findLast(({ width }) => width > 0);
  return rect && { text, rect };
}

function isInMessage(node: Node): boolean {
  const element = isElement(node) ? node : node.parentElement;
  return element?.closest('[data-part="message-text"]') !== null;
}

/** Distance between the selection and the button, and between the button and the edge of the window, in CSS pixels. */
const GAP = 8;

/** Places the button below the end of the selection, or above it where the window ends. */
function place(element: HTMLElement, rect: DOMRect): void {
  const page = element.ownerDocument.documentElement;
  // In the top layer, so that no container of the thread clips it.
  if ('showPopover' in element && element.popover !== 'manual') element.popover = 'manual';
  if (element.popover === 'manual' && !element.matches(':popover-open')) element.showPopover();
  const { offsetWidth: width, offsetHeight: height } = element;
  const isBelow = rect.bottom + GAP + height < page.clientHeight;
  const top = isBelow ? rect.bottom + GAP : rect.top - GAP - height;
  const left = Math.min(rect.right - width / 2, page.clientWidth - width - GAP);
  element.style.top = `${Math.max(GAP, top)}px`;
  element.style.left = `${Math.max(GAP, left)}px`;
}
