import { useEffect, useRef, type RefObject } from 'react';

/** Props of a dialog that `useModalDialog` opens. */
export interface ModalDialogProps {
  ref: RefObject<HTMLDialogElement | null>;
  onClose: () => void;
}

/**
 * Opens a dialog on mount. An `Activity` of React only hides it: it is closed then, or the page would stay inert, and
 * opened again with its state.
 *
 * @param onClose Called when the user closes the dialog.
 */
export function useModalDialog(onClose: () => void): ModalDialogProps {
  const ref = useRef<HTMLDialogElement>(null);
  const isShown = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    isShown.current = true;
    dialog?.showModal();
    return () => {
      isShown.current = false;
      dialog?.close();
    };
  }, []);
  return {
    ref,
    // The browser reports it later, after StrictMode has opened the dialog again.
    onClose: () => {
      if (isShown.current && ref.current?.open === false) onClose();
    },
  };
}
