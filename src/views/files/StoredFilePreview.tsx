'use client';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { FilePreview, type FilePreviewContent } from '../../components/file/FilePreview.js';
import { useFileContent } from '../../hooks/operations/files.js';
import { useObjectUrl } from '../../hooks/useObjectUrl.js';
import type { FileObject } from '../../protocol/types.js';
import { readPreview, type PreviewKind } from './readPreview.js';

/** Larger files are not loaded for a preview. */
const LIMIT_BYTES = 20_000_000;

/** Props of `StoredFilePreview`. */
export interface StoredFilePreviewProps {
  file: FileObject;
  onDownload: () => void;
  onClose: () => void;
}

/** Dialog with the content of a file. Element: dialog, a `FilePreview`. Source: getFileContent. */
export function StoredFilePreview({
  file,
  onDownload,
  onClose,
}: StoredFilePreviewProps): ReactElement {
  const isTooLarge = file.bytes > LIMIT_BYTES;
  const { query, url } = useFileContent({ fileId: isTooLarge ? undefined : file.id });
  const content = useContent(query.data, url);
  return (
    <FilePreview
      name={file.filename}
      size={file.bytes}
      content={isTooLarge ? { kind: 'none', reason: 'size' } : content}
      error={query.error ?? undefined}
      onRetry={() => void query.refetch()}
      onDownload={onDownload}
      onClose={onClose}
    />
  );
}

function useContent(
  blob: Blob | undefined,
  url: string | undefined,
): FilePreviewContent | undefined {
  const preview = usePreviewKind(blob);
  const isPdf = preview?.kind === 'pdf' && navigator.pdfViewerEnabled;
  // With this type the browser never treats the content as a page.
  const pdf = useMemo(
    () => (isPdf && blob ? new Blob([blob], { type: 'application/pdf' }) : undefined),
    [isPdf, blob],
  );
  const pdfUrl = useObjectUrl(pdf);
  if (preview?.kind === 'text') return preview;
  if (preview?.kind === 'image' && url !== undefined) return { kind: 'image', url };
  if (isPdf) return pdfUrl === undefined ? undefined : { kind: 'pdf', url: pdfUrl };
  return preview && preview.kind !== 'image' ? { kind: 'none', reason: 'format' } : undefined;
}

/** Returns how a content can be shown, or undefined until that is known. */
function usePreviewKind(blob: Blob | undefined): PreviewKind | undefined {
  const [read, setRead] = useState<{ blob: Blob; preview: PreviewKind }>();
  useEffect(() => {
    if (blob === undefined) return undefined;
    let isCurrent = true;
    const show = (preview: PreviewKind): void => {
      if (isCurrent) setRead({ blob, preview });
    };
    readPreview(blob).then(show, () => show({ kind: 'none' }));
    return () => {
      isCurrent = false;
    };
  }, [blob]);
  return read?.blob === blob ? read?.preview : undefined;
}
