import { Button } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { useEffect, useRef, type ReactElement } from 'react';
// oxlint-disable-next-line import/default -- Vite exports the text of the file.
import code from './example.tsx?raw';

interface CodeDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Shows the code of an app with a thread, ready to be copied. */
export function CodeDialog({ isOpen, onClose }: CodeDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="code" aria-labelledby="code-title" onClose={onClose}>
      <header>
        <h2 id="code-title">A thread in your app</h2>
        <Button onClick={onClose}>Close</Button>
      </header>
      <p>
        <code>npm install assistants-react @tanstack/react-query</code>
      </p>
      {isOpen && <HighlightedCodeBlock language="tsx" code={code} />}
    </dialog>
  );
}
