import { Tooltip } from '@base-ui/react/tooltip';
import { useState, type PointerEventHandler, type ReactElement } from 'react';
import { asPart } from '../part.js';
import { popupHostProps, popupProps } from '../popup/popupProps.js';

/** Props of `TooltipPopup`. */
export interface TooltipPopupProps {
  button: HTMLElement;
  text: string;
  /** Called when the user presses Escape. */
  onHide: () => void;
  onPointerLeave: PointerEventHandler;
}

/** Tooltip of Base UI, hidden from assistive technology, which reads the name of the button. Element: div. */
export function TooltipPopup({
  button,
  text,
  onHide,
  onPointerLeave,
}: TooltipPopupProps): ReactElement {
  const [host, setHost] = useState<HTMLElement | null>(null);
  return (
    <span ref={setHost} {...popupHostProps}>
      <Tooltip.Root open onOpenChange={onHide}>
        <Tooltip.Portal container={host}>
          <Tooltip.Positioner
            {...popupProps}
            side="top"
            anchor={button}
            // The text can be reached with the pointer: the gap belongs to it.
            sideOffset={0}
            onPointerLeave={onPointerLeave}
            // Base UI makes the text focusable. A press on it leaves the focus where the user types.
            onMouseDown={(event) => event.preventDefault()}
            // A press on the text is none on what contains the button.
            onClick={(event) => event.stopPropagation()}
          >
            <Tooltip.Popup {...asPart('tooltip')} aria-hidden>
              {text}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      </Tooltip.Root>
    </span>
  );
}
