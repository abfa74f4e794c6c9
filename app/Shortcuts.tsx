import type { ReactElement } from 'react';
import { Dialog, type DialogState } from './Dialog.js';

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

export function Shortcuts(state: DialogState): ReactElement {
  return (
    <Dialog {...state} title="Keyboard shortcuts">
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
    </Dialog>
  );
}
