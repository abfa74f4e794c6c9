import { useId, type ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import type { CitedSource } from './resolveAnnotations.js';

/** Props of `Citation`. */
export interface CitationProps extends Omit<PartProps<'sup'>, 'children'> {
  source: CitedSource;
  /** Name of the cited file. Undefined if it is not known. */
  name: string | undefined;
  /** Id of the list of sources. A click moves the focus to the source in it. */
  listId: string;
}

/**
 * Number of a source within a text. Hovering or focusing it shows a preview of the source, a click moves the focus to the source
 * in the list. Element: sup.
 */
export function Citation({ source, name, listId, ...props }: CitationProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const previewId = useId();
  const number = format.number(source.number);
  const children = (
    <>
      <button
        type="button"
        data-part="citation-mark"
        aria-label={texts.citation.mark(number)}
        aria-describedby={previewId}
        onClick={() => document.getElementById(getSourceId(listId, source))?.focus()}
      >
        {number}
      </button>
      <span id={previewId} role="tooltip" data-part="citation-preview" dir="auto">
        <bdi>{truncate(name ?? texts.citation.unnamedFile)}</bdi>
        {source.quote !== undefined && <q>{truncate(source.quote, 600)}</q>}
      </span>
    </>
  );
  return createPart({ tag: 'sup', name: 'citation', defaultProps: { children } }, props);
}

/** Returns the element id of a source in the list. */
export function getSourceId(listId: string, source: CitedSource): string {
  return `${listId}-source-${source.number}`;
}
