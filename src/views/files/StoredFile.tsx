'use client';
import { useState, type ReactElement } from 'react';
import { FileRow } from '../../components/file/FileRow.js';
import { useFileContent } from '../../hooks/operations/files.js';
import type { FileObject } from '../../protocol/types.js';
import { useNearView } from '../useNearView.js';
import { StoredFilePreview } from './StoredFilePreview.js';

/** Larger images have no thumbnail: the API serves whole files only. */
const THUMBNAIL_LIMIT_BYTES = 2_000_000;
const IMAGE_NAME = /\.(?:png|jpe?g|gif|webp)$/i;

/** Props of `StoredFile`. */
export interface StoredFileProps {
  file: FileObject;
  /** True while the deletion can be undone. */
  isDeleted: boolean;
  onDownload: () => void;
  /** @default no button to delete the file */
  onDelete: (() => void) | undefined;
  onUndo: () => void;
}

/** Row of a file, and its preview. Images near the view are loaded for a thumbnail. Element: li, a `FileRow`. */
export function StoredFile({ file, onDownload, ...row }: StoredFileProps): ReactElement {
  const { ref, isNear } = useNearView<HTMLLIElement>(false);
  const [isOpen, setIsOpen] = useState(false);
  const hasThumbnail = IMAGE_NAME.test(file.filename) && file.bytes <= THUMBNAIL_LIMIT_BYTES;
  const { url } = useFileContent({ fileId: hasThumbnail && isNear ? file.id : undefined });
  return (
    <>
      <FileRow
        ref={ref}
        name={file.filename}
        size={file.bytes}
        createdAt={file.created_at}
        notice={file.status_details}
        thumbnailUrl={url}
        onOpen={() => setIsOpen(true)}
        onDownload={onDownload}
        {...row}
      />
      {isOpen && (
        <StoredFilePreview file={file} onDownload={onDownload} onClose={() => setIsOpen(false)} />
      )}
    </>
  );
}
