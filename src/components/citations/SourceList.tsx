import type { ReactElement } from 'react';
import type { FileResolver } from '../file/FileResolver.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
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

/** Numbered list of the sources that a message cites. Element: section. */
export function SourceList({
  id,
  sources,
  resolveFile,
  onDownload,
  ...props
}: SourceListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const children = (
    <>
      <span data-part="source-list-title" id={`${id}-title`}>
        {texts.citation.sources}
      </span>
      <ol>
        {sources.map((source) => (
          <li key={source.number} id={getSourceId(id, source)} tabIndex={-1}>
            <span aria-hidden data-part="source-number">
              {format.number(source.number)}
            </span>
            <span dir="auto">
              <FileLink
                fileId={source.fileId}
                name={resolveFile?.(source.fileId)?.name}
                onDownload={onDownload}
              />
              {source.quote !== undefined && <q>{truncate(source.quote, 2_000)}</q>}
            </span>
          </li>
        ))}
      </ol>
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
