import { useId, type ReactElement } from 'react';
import { LOOK, type Look } from './useLook.js';

/** Id of the popover, for the buttons that open it. */
export const LOOK_ID = 'look';

interface LookPopoverProps {
  look: Look;
  onChange: (changes: Partial<Look>) => void;
}

/** Settings of the appearance. They show what an app can change with attributes, tokens and catalogues. */
export function LookPopover({ look, onChange }: LookPopoverProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a popover closes when the user clicks elsewhere
    <div id={LOOK_ID} popover="auto" className="look" role="dialog" aria-label="Look">
      {Object.entries(LOOK).map(([name, values]) => (
        <Setting
          key={name}
          name={name}
          value={look[name as keyof Look]}
          values={values}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </div>
  );
}

interface SettingProps {
  name: string;
  value: string;
  /** Names of the values. */
  values: Readonly<Record<string, string>>;
  onChange: (value: string) => void;
}

function Setting({ name, value, values, onChange }: SettingProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{`${name.charAt(0).toUpperCase()}${name.slice(1)}`}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {Object.entries(values).map(([choice, label]) => (
          <option key={choice} value={choice}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
