import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
} from 'react';
import { isElement } from '../../common/isElement.js';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { X } from '../icons.js';
import { ZoomIn, ZoomOut } from '../icons.lazy.js';

/** Props of `ImageViewer`. */
export interface ImageViewerProps {
  /** URL of the image. */
  url: string;
  /** Name of the image, the title of the dialog. */
  name: string;
  onClose: () => void;
}

const ZOOM_STEPS = [1, 1.5, 2, 3, 4, 6] as const;

/**
 * Modal dialog that shows an image as large as the window. A click on the image, the buttons, and the keys +, - and 0 zoom;
 * Escape and a click beside the image close it. Opens on mount. Element: dialog.
 */
export function ImageViewer({ url, name, onClose }: ImageViewerProps): ReactElement {
  const texts = useCompleteTexts().file;
  const dialog = useRef<HTMLDialogElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const [step, setStep] = useState(0);
  /** Width of the image in CSS pixels while it fits into the window. */
  const [fittingWidth, setFittingWidth] = useState(0);
  const zoom = ZOOM_STEPS[step] ?? 1;
  useEffect(() => dialog.current?.showModal(), []);

  const changeStep = (change: number): void => {
    if (step === 0) setFittingWidth(image.current?.clientWidth ?? 0);
    setStep(Math.min(Math.max(step + change, 0), ZOOM_STEPS.length - 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of the page behind the dialog.
    event.stopPropagation();
    const change = KEY_CHANGES[event.key];
    if (change === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    changeStep(change);
  };
  const onClick = ({ target }: MouseEvent): void => {
    if (target === image.current) changeStep(step === 0 ? 2 : -step);
    else if (!isElement(target) || !target.closest('header')) dialog.current?.close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons in it do the same
    <dialog
      ref={dialog}
      data-part="image-viewer"
      aria-label={name}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <header>
        <bdi>{name}</bdi>
        <Button
          variant="icon"
          aria-label={texts.zoomOut}
          title={texts.zoomOut}
          disabled={step === 0}
          onClick={() => changeStep(-1)}
        >
          <ZoomOut size={18} />
        </Button>
        <Button
          variant="icon"
          aria-label={texts.zoomIn}
          title={texts.zoomIn}
          disabled={step === ZOOM_STEPS.length - 1}
          onClick={() => changeStep(1)}
        >
          <ZoomIn size={18} />
        </Button>
        <Button
          variant="icon"
          aria-label={texts.closeViewer}
          title={texts.closeViewer}
          onClick={() => dialog.current?.close()}
        >
          <X size={18} />
        </Button>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard. */}
      <div data-part="image-viewer-page" data-zoomed={step > 0 ? '' : undefined} tabIndex={0}>
        <img
          ref={image}
          src={url}
          alt={name}
          style={step === 0 ? undefined : { inlineSize: fittingWidth * zoom }}
        />
      </div>
    </dialog>
  );
}

/** Changes of the zoom by key, in steps. */
const KEY_CHANGES: Readonly<Record<string, number>> = {
  '+': 1,
  '=': 1,
  '-': -1,
  '0': -ZOOM_STEPS.length,
};
