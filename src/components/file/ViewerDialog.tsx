import type { KeyboardEvent, MouseEvent, ReactElement, ReactNode } from 'react';
import { isElement } from '../../common/isElement.js';
import { IconButton } from '../IconButton.js';
import { formatBytes } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { X } from '../icons.js';
import { Download } from '../icons.lazy.js';
import { asPart } from '../part.js';
import { useModalDialog } from '../useModalDialog.js';

/** Props of `ViewerDialog`. */
export interface ViewerDialogProps {
  /** Name of the file, the title of the dialog. */
  name: string;
  /** Size of the file in bytes. */
  size?: number | undefined;
  /** Buttons between the name and those that download and close. */
  actions?: ReactNode;
  /** Downloads the file. @default no button to download it */
  onDownload?: (() => void) | undefined;
  onClose: () => void;
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  /** Called with a click on the content. @returns false to close the dialog. */
  onContentClick?: ((target: Element) => boolean) | undefined;
  children: ReactNode;
}

/** Modal dialog that shows a file as large as the window. Escape closes it. Opens on mount. Element: dialog. */
export function ViewerDialog({
  name,
  size,
  actions,
  onDownload,
  onClose,
  onKeyDown,
  onContentClick,
  children,
}: ViewerDialogProps): ReactElement {
  const texts = useCompleteTexts().file;
  const format = useFormat();
  const dialog = useModalDialog(onClose);

  const onClick = ({ target }: MouseEvent): void => {
    if (onContentClick === undefined || !isElement(target) || target.closest('header')) return;
    if (!onContentClick(target)) dialog.ref.current?.close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons in it do the same
    <dialog
      {...dialog}
      {...asPart('viewer')}
      aria-label={name}
      onKeyDown={(event) => {
        // The keys of the page behind the dialog.
        event.stopPropagation();
        onKeyDown?.(event);
      }}
      onClick={onClick}
    >
      <header>
        <bdi>{name}</bdi>
        {size !== undefined && <span {...asPart('viewer-size')}>{formatBytes(format, size)}</span>}
        {actions}
        {onDownload !== undefined && (
          <IconButton label={texts.download(name)} onClick={onDownload}>
            <Download size={18} />
          </IconButton>
        )}
        <IconButton label={texts.closeViewer} onClick={() => dialog.ref.current?.close()}>
          <X size={18} />
        </IconButton>
      </header>
      {children}
    </dialog>
  );
}
