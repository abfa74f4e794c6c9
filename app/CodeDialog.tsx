import { HighlightedCodeBlock } from 'assistants-react/highlight';
import type { ReactElement } from 'react';
import { Dialog, type DialogState } from './Dialog.js';
// oxlint-disable-next-line import/default -- Vite exports the text of the file.
import code from './example.tsx?raw';

/** Shows the code of an app with a thread, ready to be copied. */
export function CodeDialog(state: DialogState): ReactElement {
  return (
    <Dialog {...state} title="A thread in your app" className="code">
      <p>
        <code>npm install assistants-react @tanstack/react-query</code>
      </p>
      {state.isOpen && <HighlightedCodeBlock language="tsx" code={code} />}
    </Dialog>
  );
}
