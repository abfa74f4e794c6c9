import { useId, type ReactElement } from 'react';
import { Dialog, type DialogState } from './Dialog.js';

interface ShortcutsProps extends DialogState {
  areSingleKeysOn: boolean;
  onSingleKeys: (areOn: boolean) => void;
}

/** Keys that act without a modifier. Speech input and stray fingers press them by accident, so they can be turned off. */
const SINGLE_KEYS = [
  ['n', 'New thread'],
  ['[', 'Chapters and threads'],
  [']', 'Code'],
  ['r', 'Runs'],
  ['t', 'Theme'],
  ['?', 'This list'],
] as const;

const OTHER_KEYS = [
  ['F6', 'Switch between messages and composer'],
  ['Enter', 'Send the message'],
  ['Shift Enter', 'New line'],
  ['Ctrl Enter', 'Submit a tool output'],
  ['F2', 'Rename the thread in the list'],
  ['Delete', 'Delete the thread in the list'],
] as const;

/** Lists the keyboard shortcuts, and turns those of single keys off. */
export function Shortcuts({
  areSingleKeysOn,
  onSingleKeys,
  ...state
}: ShortcutsProps): ReactElement {
  const id = useId();
  return (
    <Dialog {...state} title="Keyboard shortcuts">
      <p className="switch">
        <input
          id={id}
          type="checkbox"
          checked={areSingleKeysOn}
          onChange={(event) => onSingleKeys(event.currentTarget.checked)}
        />
        <label htmlFor={id}>Single-key shortcuts</label>
      </p>
      <Keys keys={SINGLE_KEYS} isOff={!areSingleKeysOn} />
      <Keys keys={OTHER_KEYS} />
    </Dialog>
  );
}

interface KeysProps {
  keys: readonly (readonly [string, string])[];
  isOff?: boolean;
}

function Keys({ keys, isOff = false }: KeysProps): ReactElement {
  return (
    <dl className="shortcuts" data-off={isOff}>
      {keys.map(([shortcut, action]) => (
        <div key={shortcut}>
          <dt>
            {shortcut.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{action}</dd>
        </div>
      ))}
    </dl>
  );
}
