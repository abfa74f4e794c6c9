import { useState, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useComponents } from '../ComponentsContext.js';
import { FileText, Link } from '../icons.lazy.js';
import type { FileResolver } from '../file/FileResolver.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { MarkdownLink } from '../markdown/MarkdownLink.js';
import { createPart, type PartProps, asPart } from '../part.js';
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

/** Returns the name of a source. Undefined if it is not known. */
export function getSourceName(
  source: CitedSource,
  resolveFile: FileResolver | undefined,
): string | undefined {
  return (source.kind === 'file' ? resolveFile?.(source.fileId)?.name : undefined) ?? source.name;
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
      <span {...asPart('hidden')} id={`${id}-title`}>
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
            <span aria-hidden {...asPart('source-number')}>
              {format.number(source.number)}
            </span>
            <SourceLink source={source} resolveFile={resolveFile} onDownload={onDownload} />
          </li>
        ))}
      </ol>
      {isFolded && (
        <Button variant="quiet" onClick={() => setIsOpen(true)}>
          +{format.number(sources.length - UNFOLDED_COUNT)}
          <span {...asPart('hidden')}>{texts.list.loadMore}</span>
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

/** Link to a page, or file with its icon. Only the name of a file that the server does not have. */
function SourceLink({
  source,
  resolveFile,
  onDownload,
}: Pick<SourceListProps, 'resolveFile' | 'onDownload'> & { source: CitedSource }): ReactElement {
  const { Link: PageLink = MarkdownLink } = useComponents();
  const name = getSourceName(source, resolveFile);
  if (source.kind === 'page')
    return (
      <>
        <Link size={14} />
        <PageLink url={source.url} title={source.url.href}>
          {truncate(source.name, 200)}
        </PageLink>
      </>
    );
  return (
    <>
      <FileText size={14} />
      <FileLink
        fileId={source.fileId}
        name={name}
        onDownload={source.name === undefined ? onDownload : undefined}
      />
    </>
  );
}
