import { Button } from 'assistants-react';
import { useEffect, useRef, type ReactElement } from 'react';

const SHORTCUTS = [
  ['n', 'New thread'],
  ['[', 'Threads and assistants'],
  [']', 'Details'],
  ['t', 'Theme'],
  ['?', 'This list'],
  ['F6', 'Switch between messages and composer'],
  ['Enter', 'Send the message'],
  ['Shift Enter', 'New line'],
  ['Ctrl Enter', 'Submit a tool output'],
] as const;

export function Shortcuts({
  isOpen,
  onClose,
}: {
  isOpen: boolean;
  onClose: () => void;
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-label="Keyboard shortcuts" onClose={onClose}>
      <h2>Keyboard shortcuts</h2>
      <dl className="shortcuts">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={onClose}>Close</Button>
    </dialog>
  );
}
