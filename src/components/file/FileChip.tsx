import { useState, type ReactElement } from 'react';
import { IconButton } from '../IconButton.js';
import type { TextFormat } from '../i18n/createFormat.js';
import type { ComponentTexts } from '../i18n/ComponentTexts.js';
import { formatBytes, formatPercent } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { RotateCw, X } from '../icons.js';
import { Download, FileText } from '../icons.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncateFileName } from '../truncate.js';

/** State of `FileChip`. */
export interface FileChipState {
  status: 'uploading' | 'ready' | 'failed';
  /** True if a thumbnail is shown. */
  thumbnail: boolean;
}

/** Props of `FileChip`. */
export interface FileChipProps extends Omit<PartProps<'span', FileChipState>, 'children'> {
  /** File name. Untrusted: displayed, never used as a path. */
  name: string;
  /** Size in bytes. */
  size?: number | undefined;
  /** @default 'ready' */
  status?: FileChipState['status'] | undefined;
  /** URL of the file if it is an image: same-origin or `blob:`. A square thumbnail replaces name and size then. */
  thumbnailUrl?: string | undefined;
  /** Uploaded fraction, 0 to 1. @default 0 */
  progress?: number | undefined;
  /** Removes the file. @default no button to remove it */
  onRemove?: (() => void) | undefined;
  /** Uploads a failed file again. @default no button, and a request to choose the file again */
  onRetry?: (() => void) | undefined;
  /** Downloads the file. @default no button to download it */
  onDownload?: (() => void) | undefined;
}

/**
 * Compact display of a file: name, size or progress, and buttons for its actions. Element: span. `data-status`,
 * `data-thumbnail`.
 */
export function FileChip({
  name: nameProp,
  size,
  status = 'ready',
  thumbnailUrl,
  progress = 0,
  onRemove,
  onRetry,
  onDownload,
  ...props
}: FileChipProps): ReactElement | null {
  const texts = useCompleteTexts().file;
  const format = useFormat();
  const name = truncateFileName(nameProp);
  const detail = getDetail(
    { status, progress, size, canRetry: onRetry !== undefined },
    texts,
    format,
  );
  // Browsers cannot show some formats, such as HEIC.
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const thumbnail = thumbnailUrl === brokenUrl ? undefined : thumbnailUrl;
  const children = (
    <>
      {thumbnail === undefined ? (
        <FileText />
      ) : (
        <img src={thumbnail} alt="" title={name} onError={() => setBrokenUrl(thumbnail)} />
      )}
      <bdi {...asPart('file-chip-name')} title={name}>
        {name}
      </bdi>
      {detail !== undefined && <span {...asPart('file-chip-detail')}>{detail}</span>}
      {status === 'uploading' && (
        <progress
          {...asPart('file-chip-progress')}
          aria-label={texts.uploading(name)}
          value={progress}
          max={1}
        />
      )}
      {status === 'failed' && onRetry !== undefined && (
        <IconButton label={texts.retry(name)} onClick={onRetry}>
          <RotateCw size={14} />
        </IconButton>
      )}
      {status === 'ready' && onDownload !== undefined && (
        <IconButton label={texts.download(name)} onClick={onDownload}>
          <Download size={14} />
        </IconButton>
      )}
      {onRemove !== undefined && (
        <IconButton
          label={status === 'uploading' ? texts.cancel(name) : texts.remove(name)}
          onClick={onRemove}
        >
          <X size={14} />
        </IconButton>
      )}
    </>
  );
  const state: FileChipState = { status, thumbnail: thumbnail !== undefined };
  return createPart({ tag: 'span', name: 'file-chip', state, defaultProps: { children } }, props);
}

interface Detail {
  status: FileChipState['status'];
  progress: number;
  size: number | undefined;
  canRetry: boolean;
}

function getDetail(
  { status, progress, size, canRetry }: Detail,
  texts: ComponentTexts['file'],
  format: TextFormat,
): string | undefined {
  switch (status) {
    case 'failed':
      return canRetry ? texts.failed : texts.chooseAgain;
    case 'uploading':
      return formatPercent(format, progress);
    case 'ready':
      return size === undefined ? undefined : formatBytes(format, size);
  }
}
