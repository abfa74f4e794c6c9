import type { ReactElement } from 'react';
import type { FileObject } from '../../protocol/types.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { FileChip } from './FileChip.js';

/** Props of `FileList`. */
export interface FileListProps extends Omit<PartProps<'ul'>, 'children'> {
  /** In the order given. */
  files: readonly Pick<FileObject, 'id' | 'filename' | 'bytes'>[];
  /** Without it there are no buttons to remove. */
  onRemove?: ((fileId: string) => void) | undefined;
  /** Without it there are no buttons to download. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/** Files one under the other, or a word where there are none. Element: ul. */
export function FileList({
  files,
  onRemove,
  onDownload,
  ...props
}: FileListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const children =
    files.length === 0 ? (
      <li data-part="file-list-empty">{texts.file.none}</li>
    ) : (
      files.map((file) => (
        <li key={file.id}>
          <FileChip
            name={file.filename}
            size={file.bytes}
            {...(onRemove && { onRemove: () => onRemove(file.id) })}
            {...(onDownload && { onDownload: () => onDownload(file.id) })}
          />
        </li>
      ))
    );
  return createPart(
    { tag: 'ul', name: 'file-list', defaultProps: { children, 'aria-label': texts.file.list } },
    props,
  );
}
