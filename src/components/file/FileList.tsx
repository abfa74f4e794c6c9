import type { ReactElement } from 'react';
import type { FileObject } from '../../protocol/types.js';
import { ContentBoundary } from '../ContentBoundary.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { FileChip } from './FileChip.js';

/** Props of `FileList`. */
export interface FileListProps extends Omit<PartProps<'ul'>, 'children'> {
  /** Displayed in this order. */
  files: readonly Pick<FileObject, 'id' | 'filename' | 'bytes'>[];
  /** Removes a file. @default no buttons to remove files */
  onRemove?: ((fileId: string) => void) | undefined;
  /** Downloads a file. @default no buttons to download files */
  onDownload?: ((fileId: string) => void) | undefined;
}

/** List of files. An empty list displays a short text. Element: ul. */
export function FileList({
  files,
  onRemove,
  onDownload,
  ...props
}: FileListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const children =
    files.length === 0 ? (
      <li {...asPart('file-list-empty')}>{texts.file.none}</li>
    ) : (
      files.map((file) => (
        <li key={file.id}>
          <ContentBoundary name="file" resetKey={file}>
            <FileChip
              name={file.filename}
              size={file.bytes}
              onRemove={onRemove && (() => onRemove(file.id))}
              onDownload={onDownload && (() => onDownload(file.id))}
            />
          </ContentBoundary>
        </li>
      ))
    );
  return createPart(
    { tag: 'ul', name: 'file-list', defaultProps: { children, 'aria-label': texts.file.list } },
    props,
  );
}
