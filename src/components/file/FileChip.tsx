import { RotateCw, X } from '../icons.js';
import { Download, FileText } from '../icons.lazy.js';
import type { ReactElement } from 'react';
import { Button } from '../Button.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';

/** Props of `FileChip`. */
export interface FileChipProps extends Omit<
  PartProps<'span', { status: 'uploading' | 'ready' | 'failed' }>,
  'children'
> {
  /** Not trusted: shown, never used as a path. */
  name: string;
  /** In bytes. */
  size?: number | undefined;
  /** @default 'ready' */
  status?: 'uploading' | 'ready' | 'failed' | undefined;
  /** Share that is uploaded, 0 to 1. */
  progress?: number | undefined;
  /** Without it there is no button to remove. */
  onRemove?: (() => void) | undefined;
  /** Uploads it again. A file that has failed without it is to be chosen again. */
  onRetry?: (() => void) | undefined;
  /** Without it there is no button to download. */
  onDownload?: (() => void) | undefined;
}

/** A file in short: name, size, progress, and what can be done with it. Element: span. `data-status`. */
export function FileChip({
  name: given,
  size,
  status = 'ready',
  progress = 0,
  onRemove,
  onRetry,
  onDownload,
  ...props
}: FileChipProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const name = truncate(given);
  const failure = onRetry ? texts.file.failed : texts.file.chooseAgain;
  const detail =
    status === 'failed'
      ? failure
      : status === 'uploading'
        ? format.percent(progress)
        : size === undefined
          ? undefined
          : format.bytes(size);
  const removeLabel = status === 'uploading' ? texts.file.cancel(name) : texts.file.remove(name);
  const children = (
    <>
      <FileText />
      <bdi data-part="file-chip-name" title={name}>
        {name}
      </bdi>
      {detail !== undefined && <span data-part="file-chip-detail">{detail}</span>}
      {status === 'uploading' && (
        <progress
          data-part="file-chip-progress"
          aria-label={texts.file.uploading(name)}
          value={progress}
          max={1}
        />
      )}
      {status === 'failed' && onRetry !== undefined && (
        <ChipButton label={texts.file.retry(name)} onClick={onRetry}>
          <RotateCw size={14} />
        </ChipButton>
      )}
      {status === 'ready' && onDownload !== undefined && (
        <ChipButton label={texts.file.download(name)} onClick={onDownload}>
          <Download size={14} />
        </ChipButton>
      )}
      {onRemove !== undefined && (
        <ChipButton label={removeLabel} onClick={onRemove}>
          <X size={14} />
        </ChipButton>
      )}
    </>
  );
  return createPart(
    { tag: 'span', name: 'file-chip', state: { status }, defaultProps: { children } },
    props,
  );
}

function ChipButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactElement;
}): ReactElement {
  return (
    <Button variant="icon" aria-label={label} title={label} onClick={onClick}>
      {children}
    </Button>
  );
}
