import { useId, type ReactElement } from 'react';
import { useLabels, type Labels } from './labels/Labels.js';
import { Dialog, type DialogState } from './Dialog.js';

interface ShortcutsProps extends DialogState {
  areSingleKeysOn: boolean;
  onSingleKeys: (areOn: boolean) => void;
}

/** Keys that act without a modifier. Speech input and stray fingers press them by accident, so they can be turned off. */
const listSingleKeys = (labels: Labels) =>
  [
    ['n', labels.newThread],
    ['[', labels.chaptersAndThreads],
    [']', labels.code],
    ['r', labels.runs],
    ['t', labels.settings.theme],
    ['?', labels.thisList],
  ] as const;

const listOtherKeys = (labels: Labels) =>
  [
    ['F6', labels.moveAway],
    ['↑ ↓', labels.moveMessages],
    ['Enter', labels.send],
    ['Shift Enter', labels.newLine],
    ['Ctrl Enter', labels.submit],
    ['F2', labels.rename],
    ['Delete', labels.remove],
  ] as const;

/** Lists the keyboard shortcuts, and turns those of single keys off. */
export function Shortcuts({
  areSingleKeysOn,
  onSingleKeys,
  ...state
}: ShortcutsProps): ReactElement {
  const id = useId();
  const labels = useLabels();
  return (
    <Dialog {...state} title={labels.shortcuts}>
      <p className="switch">
        <input
          id={id}
          type="checkbox"
          checked={areSingleKeysOn}
          onChange={(event) => onSingleKeys(event.currentTarget.checked)}
        />
        <label htmlFor={id}>{labels.singleKeys}</label>
      </p>
      <Keys keys={listSingleKeys(labels)} isOff={!areSingleKeysOn} />
      <Keys keys={listOtherKeys(labels)} />
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
