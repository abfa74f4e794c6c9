import { useState, type ReactElement } from 'react';
import { ErrorNotice } from '../feedback/ErrorNotice.js';
import type { NoticeError } from '../feedback/ErrorNoticeFrame.js';
import { Loading } from '../feedback/Loading.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncateFileName } from '../truncate.js';
import { useImageZoom } from './useImageZoom.js';
import { ViewerDialog } from './ViewerDialog.js';
import { asPart } from '../part.js';

/** Content of a file, as `FilePreview` shows it. */
export type FilePreviewContent =
  /** `isTruncated` if only the beginning of the text is shown. */
  | { kind: 'text'; text: string; isTruncated: boolean }
  /** Same-origin or `blob:` URL of an image. */
  | { kind: 'image'; url: string }
  /** `blob:` URL with the media type of PDF. The viewer of the browser shows it. */
  | { kind: 'pdf'; url: string }
  /** The content cannot be shown, because of its format or its size. */
  | { kind: 'none'; reason: 'format' | 'size' };

/** Props of `FilePreview`. */
export interface FilePreviewProps {
  /** File name. Untrusted: displayed, never used as a path. */
  name: string;
  /** Size in bytes. */
  size?: number | undefined;
  /** Undefined while it is loading. */
  content: FilePreviewContent | undefined;
  /** Reason why the content could not be loaded. */
  error?: NoticeError | undefined;
  /** Loads the content again. @default no button to try again */
  onRetry?: (() => void) | undefined;
  /** Downloads the file. @default no button to download it */
  onDownload?: (() => void) | undefined;
  onClose: () => void;
}

/**
 * Modal dialog that shows an image, a text or a PDF file as large as the window. Texts are never treated as HTML, and files are
 * never opened as pages. Opens on mount; Escape closes it. Element: dialog.
 */
export function FilePreview({
  name: nameProp,
  content,
  error,
  onRetry,
  ...dialog
}: FilePreviewProps): ReactElement {
  const name = truncateFileName(nameProp);
  // Browsers cannot show some images.
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const url = content?.kind === 'image' ? content.url : undefined;
  const isImage = url !== undefined && url !== brokenUrl;
  const { page, ...zoom } = useImageZoom(
    isImage ? { url, name, onError: () => setBrokenUrl(url) } : undefined,
  );
  return (
    <ViewerDialog {...dialog} {...zoom} name={name}>
      {error ? (
        <div {...asPart('viewer-note')}>
          <ErrorNotice error={error} onRetry={onRetry} />
        </div>
      ) : (
        (page ?? <Content name={name} content={content} />)
      )}
    </ViewerDialog>
  );
}

function Content({ name, content }: Pick<FilePreviewProps, 'name' | 'content'>): ReactElement {
  const texts = useCompleteTexts().file;
  switch (content?.kind) {
    case 'text':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
        <section {...asPart('viewer-text')} tabIndex={0} aria-label={name}>
          {content.isTruncated && <p {...asPart('muted')}>{texts.truncated}</p>}
          <pre dir="auto">{content.text}</pre>
        </section>
      );
    case 'pdf':
      // No `sandbox`: browsers show no PDF files in a sandboxed frame. Their viewer is a process without access to the page.
      return <iframe {...asPart('viewer-frame')} title={name} src={content.url} />;
    case 'none':
      return (
        <p {...asPart('viewer-note')}>
          {content.reason === 'size' ? texts.tooLarge : texts.noPreview}
        </p>
      );
    default:
      return (
        <div {...asPart('viewer-note')}>
          <Loading />
        </div>
      );
  }
}
