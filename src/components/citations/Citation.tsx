import { useEffect, useId, useRef, useState, type ReactElement, type RefObject } from 'react';
import { IconButton } from '../IconButton.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Download, FileText, Link } from '../icons.lazy.js';
import { focusById } from '../../common/treeRoot.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate, truncateFileName } from '../truncate.js';
import type { CitedSource } from './resolveAnnotations.js';

/** Props of `Citation`. */
export interface CitationProps extends Omit<PartProps<'sup', CitationState>, 'children'> {
  source: CitedSource;
  /** Name of the cited file or page. Undefined if it is not known. */
  name: string | undefined;
  /** Id of the list of sources. A click moves the focus to the source in it. */
  listId: string;
  /** Downloads the cited file. @default no button to download it */
  onDownload?: ((fileId: string) => void) | undefined;
}

/** State of `Citation`. */
export interface CitationState {
  /** True while a tap shows the preview. */
  open: boolean;
}

/**
 * Number of a source within a text. Hovering, focusing or tapping it shows a preview of the source, a click moves the focus to
 * the source in the list. Element: sup. `data-open`.
 */
export function Citation({
  source,
  name: nameProp,
  listId,
  onDownload,
  ...props
}: CitationProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const previewId = useId();
  const mark = useRef<HTMLButtonElement>(null);
  const isTouched = useRef(false);
  const [isOpen, setIsOpen] = useState(false);
  useOutsidePress(mark, isOpen, () => setIsOpen(false));
  const number = format.number(source.number);
  const name = truncateFileName(nameProp ?? texts.citation.unnamedFile);
  const children = (
    <>
      <button
        ref={mark}
        type="button"
        {...asPart('citation-mark')}
        aria-label={texts.citation.mark(number)}
        aria-describedby={previewId}
        onPointerDown={({ pointerType }) => {
          isTouched.current = pointerType !== 'mouse';
        }}
        onKeyDown={() => {
          isTouched.current = false;
        }}
        // A finger cannot hover: its tap shows the preview, and a second one hides it.
        onClick={() => {
          if (isTouched.current) setIsOpen(!isOpen);
          else focusById(mark.current, getSourceId(listId, source));
        }}
      >
        {number}
      </button>
      <span {...asPart('citation-preview')} dir="auto">
        {source.kind === 'page' ? <Link /> : <FileText />}
        <span id={previewId}>
          <bdi>{name}</bdi>{' '}
          {source.kind === 'page' && <bdi {...asPart('link-host')}>{source.url.hostname}</bdi>}
          {source.kind === 'file' && source.quote !== undefined && (
            <q>{truncate(source.quote, 600)}</q>
          )}
        </span>
        {source.kind === 'file' && source.name === undefined && onDownload && (
          <IconButton
            label={texts.citation.download(name)}
            onClick={() => onDownload(source.fileId)}
          >
            <Download />
          </IconButton>
        )}
      </span>
    </>
  );
  const state: CitationState = { open: isOpen };
  return createPart({ tag: 'sup', name: 'citation', state, defaultProps: { children } }, props);
}

/** Calls a function when the user presses outside of an element, or Escape. */
function useOutsidePress(
  element: RefObject<HTMLElement | null>,
  isActive: boolean,
  onPress: () => void,
): void {
  const callback = useRef(onPress);
  useEffect(() => {
    callback.current = onPress;
  });
  useEffect(() => {
    const page = element.current?.ownerDocument;
    if (!isActive || !page) return undefined;
    const onEvent = (event: Event): void => {
      // The preview is beside the mark.
      const whole = element.current?.parentElement;
      const isInside = whole && event.composedPath().includes(whole);
      const isKey = 'key' in event;
      if (isKey ? event.key !== 'Escape' : isInside) return;
      // A dialog of the app around the text would close.
      if (isKey) event.preventDefault();
      callback.current();
    };
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    page.addEventListener('pointerdown', onEvent, options);
    page.addEventListener('keydown', onEvent, options);
    return () => listening.abort();
  }, [element, isActive]);
}

/** Returns the element id of a source in the list. */
export function getSourceId(listId: string, source: CitedSource): string {
  return `${listId}-source-${source.number}`;
}
