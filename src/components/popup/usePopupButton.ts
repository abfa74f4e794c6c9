import {
  useId,
  useRef,
  useState,
  type FocusEventHandler,
  type KeyboardEvent,
  type KeyboardEventHandler,
  type MouseEvent,
  type MouseEventHandler,
  type RefObject,
} from 'react';
import type { LazyModule } from '../../common/createLazyModule.js';
import { usePopupCode } from './usePopupCode.js';

/** Act of the user that has opened a popup. A click is that of a mouse, a pen or a key. */
export type PopupOpener = 'click' | 'touch' | 'ArrowDown' | 'ArrowUp';

/** Props that an open popup gets from its button. */
export interface PopupControls {
  /** Id of the popup. */
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  openedBy: PopupOpener;
  onClose: () => void;
  /** Closes the popup and moves the focus to the button. */
  onReturnFocus: () => void;
}

/** Button with a popup whose code is loaded on demand. */
export interface PopupButton<Popup> {
  buttonProps: {
    ref: RefObject<HTMLButtonElement | null>;
    type: 'button';
    'aria-expanded': boolean;
    'aria-controls': string | undefined;
    onClick: MouseEventHandler;
    onKeyDown: KeyboardEventHandler;
    onBlur: FocusEventHandler;
  };
  /** The component of the popup and its props. Undefined while the popup is closed, or its code is loading. */
  open: { Popup: Popup; controls: PopupControls } | undefined;
}

/**
 * Opens and closes a popup with its button: a press toggles it, the arrows up and down open it. Loads the code of the
 * popup when the browser is idle, or when the popup opens.
 */
export function usePopupButton<Popup>(module: LazyModule<Popup>): PopupButton<Popup> {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [openedBy, setOpenedBy] = useState<PopupOpener>();
  const { value: Popup } = usePopupCode(module, openedBy !== undefined);
  const isShown = openedBy !== undefined && Popup !== undefined;
  const onClose = (): void => setOpenedBy(undefined);
  const onReturnFocus = (): void => {
    onClose();
    button.current?.focus();
  };
  return {
    buttonProps: {
      ref: button,
      type: 'button',
      'aria-expanded': isShown,
      'aria-controls': isShown ? id : undefined,
      onClick: (event) => setOpenedBy(openedBy === undefined ? getPointer(event) : undefined),
      onKeyDown: (event) => {
        if (!isArrow(event)) return;
        event.preventDefault();
        // The row around the button may have shortcuts of its own.
        event.stopPropagation();
        setOpenedBy(event.key);
      },
      // A popup that is still loading must not take the focus from where the user has moved it.
      onBlur: () => {
        if (!isShown) onClose();
      },
    },
    open: isShown
      ? { Popup, controls: { id, button, openedBy, onClose, onReturnFocus } }
      : undefined,
  };
}

function isArrow(event: KeyboardEvent): event is KeyboardEvent & { key: 'ArrowDown' | 'ArrowUp' } {
  return event.key === 'ArrowDown' || event.key === 'ArrowUp';
}

/** Clicks are pointer events, except in older browsers. */
function getPointer({ nativeEvent }: MouseEvent): 'click' | 'touch' {
  return 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch' ? 'touch' : 'click';
}
