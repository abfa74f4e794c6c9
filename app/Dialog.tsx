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
  /** Key of the content, if different contents have the same title. @default title */
  content?: string | undefined;
  className?: string;
  children: ReactNode;
}

/** Modal dialog with a title and a button that closes it. Its title gets the focus when a new content has none. */
export function Dialog({
  isOpen,
  onClose,
  title,
  content = title,
  className,
  children,
}: DialogProps): ReactElement {
  const labels = useLabels();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  useEffect(() => {
    // The button that has changed the content may be gone, and with it the focus.
    if (isOpen && !dialog.current?.contains(document.activeElement)) heading.current?.focus();
  }, [isOpen, content]);
  return (
    <dialog ref={dialog} className={className} aria-labelledby={titleId} onClose={onClose}>
      <header>
        <h2 ref={heading} id={titleId} tabIndex={-1}>
          {title}
        </h2>
        <Button onClick={onClose}>{labels.close}</Button>
      </header>
      {children}
    </dialog>
  );
}
