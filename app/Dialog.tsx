import { Button } from 'assistants-react';
import { useLabels } from './labels/Labels.js';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';

/** Opens and closes a dialog. */
export interface DialogState {
  isOpen: boolean;
  onClose: () => void;
}

interface DialogProps extends DialogState {
  title: string;
  className?: string;
  children: ReactNode;
}

/** Modal dialog with a title and a button that closes it. */
export function Dialog({ isOpen, onClose, title, className, children }: DialogProps): ReactElement {
  const labels = useLabels();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className={className} aria-labelledby={titleId} onClose={onClose}>
      <header>
        <h2 id={titleId}>{title}</h2>
        <Button onClick={onClose}>{labels.close}</Button>
      </header>
      {children}
    </dialog>
  );
}
