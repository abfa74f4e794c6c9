import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { IconButton } from '../IconButton.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ZoomIn, ZoomOut } from '../icons.lazy.js';
import type { ViewerDialogProps } from './ViewerDialog.js';
import { asPart } from '../part.js';

/** Image of a viewer. */
export interface ZoomedImage {
  /** URL of the image. */
  url: string;
  name: string;
  /** Called if the browser cannot show the image. */
  onError?: (() => void) | undefined;
}

const ZOOM_STEPS = [1, 1.5, 2, 3, 4, 6] as const;

/**
 * Returns props of a `ViewerDialog` that shows an image. A click on the image, the buttons, and the keys +, - and 0 zoom; a click
 * beside the image closes the dialog.
 */
export function useImageZoom(shown: ZoomedImage | undefined): Pick<
  ViewerDialogProps,
  'actions' | 'onKeyDown' | 'onContentClick'
> & {
  page: ReactElement | undefined;
} {
  const image = useRef<HTMLImageElement>(null);
  const [step, setStep] = useState(0);
  /** Width of the image in CSS pixels while it fits into the window. */
  const [fittingWidth, setFittingWidth] = useState(0);
  const zoom = ZOOM_STEPS[step] ?? 1;
  if (shown === undefined) return { page: undefined };

  const changeStep = (change: number): void => {
    if (step === 0) setFittingWidth(image.current?.clientWidth ?? 0);
    setStep(Math.min(Math.max(step + change, 0), ZOOM_STEPS.length - 1));
  };
  return {
    actions: <ZoomButtons step={step} onChange={changeStep} />,
    onKeyDown(event: KeyboardEvent) {
      const change = KEY_CHANGES[event.key];
      if (change === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      changeStep(change);
    },
    onContentClick(target) {
      if (target !== image.current) return false;
      changeStep(step === 0 ? 2 : -step);
      return true;
    },
    page: (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
      <div {...asPart('image-viewer-page')} data-zoomed={step > 0 ? '' : undefined} tabIndex={0}>
        <img
          ref={image}
          src={shown.url}
          alt={shown.name}
          onError={shown.onError}
          style={step === 0 ? undefined : { inlineSize: fittingWidth * zoom }}
        />
      </div>
    ),
  };
}

interface ZoomButtonsProps {
  step: number;
  onChange: (change: number) => void;
}

function ZoomButtons({ step, onChange }: ZoomButtonsProps): ReactElement {
  const texts = useCompleteTexts().file;
  return (
    <>
      <IconButton label={texts.zoomOut} disabled={step === 0} onClick={() => onChange(-1)}>
        <ZoomOut size={18} />
      </IconButton>
      <IconButton
        label={texts.zoomIn}
        disabled={step === ZOOM_STEPS.length - 1}
        onClick={() => onChange(1)}
      >
        <ZoomIn size={18} />
      </IconButton>
    </>
  );
}

/** Changes of the zoom by key, in steps. */
const KEY_CHANGES: Readonly<Record<string, number>> = {
  '+': 1,
  '=': 1,
  '-': -1,
  '0': -ZOOM_STEPS.length,
};
