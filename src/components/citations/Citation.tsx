import { useId, type ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import type { CitedSource } from './resolveAnnotations.js';

/** Props of `Citation`. */
export interface CitationProps extends Omit<PartProps<'sup'>, 'children'> {
  source: CitedSource;
  /** Name of the cited file, where it is known. */
  name: string | undefined;
  /** Of the list of sources, where a click leads. */
  listId: string;
}

/** The number of a source in running text. Hover and focus preview the source, a click goes to the list. Element: sup. */
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

/** Id of a source's entry in the list. */
export function getSourceId(listId: string, source: CitedSource): string {
  return `${listId}-source-${source.number}`;
}
