import { useState, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { FileText } from '../icons.lazy.js';
import type { FileResolver } from '../file/FileResolver.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { getSourceId } from './Citation.js';
import { FileLink } from './FileLink.js';
import type { CitedSource } from './resolveAnnotations.js';

/** Props of `SourceList`. */
export interface SourceListProps extends Omit<PartProps<'section'>, 'children' | 'id'> {
  /** Element id of the list, as passed to `Citation`. */
  id: string;
  /** Sources in the order of their numbers. */
  sources: readonly CitedSource[];
  /** Looks up the names of files. Citations contain only their ids. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file. @default file names as text */
  onDownload?: ((fileId: string) => void) | undefined;
}

/** Number of sources that are shown at first. */
const UNFOLDED_COUNT = 3;

/**
 * Numbered list of the sources that a message cites: three of them, and a button for the others. A source that has the focus is
 * always shown. Element: section.
 */
export function SourceList({
  id,
  sources,
  resolveFile,
  onDownload,
  ...props
}: SourceListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const isFolded = !isOpen && sources.length > UNFOLDED_COUNT;
  const children = (
    <>
      <span data-part="hidden" id={`${id}-title`}>
        {texts.citation.sources}
      </span>
      <ol>
        {sources.map((source, index) => (
          <li
            key={source.number}
            id={getSourceId(id, source)}
            tabIndex={-1}
            data-folded={isFolded && index >= UNFOLDED_COUNT ? '' : undefined}
          >
            <span aria-hidden data-part="source-number">
              {format.number(source.number)}
            </span>
            <FileText size={14} />
            <FileLink
              fileId={source.fileId}
              name={resolveFile?.(source.fileId)?.name}
              onDownload={onDownload}
            />
          </li>
        ))}
      </ol>
      {isFolded && (
        <Button variant="quiet" onClick={() => setIsOpen(true)}>
          +{format.number(sources.length - UNFOLDED_COUNT)}
          <span data-part="hidden">{texts.list.loadMore}</span>
        </Button>
      )}
    </>
  );
  return createPart(
    {
      tag: 'section',
      name: 'source-list',
      defaultProps: { children, 'aria-labelledby': `${id}-title`, role: 'group' },
    },
    props,
  );
}
