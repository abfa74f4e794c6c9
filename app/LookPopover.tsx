import { useId, type ReactElement } from 'react';
import { useLabels } from './labels/Labels.js';
import { LANGUAGES, LOOK, type Look } from './useLook.js';

/** Id of the popover, for the buttons that open it. */
export const LOOK_ID = 'look';

interface LookPopoverProps {
  look: Look;
  onChange: (changes: Partial<Look>) => void;
}

/** Settings of the appearance. They show what an app can change with attributes, tokens and catalogues. */
export function LookPopover({ look, onChange }: LookPopoverProps): ReactElement {
  const labels = useLabels();
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a popover closes when the user clicks elsewhere
    <div id={LOOK_ID} popover="auto" className="look" role="dialog" aria-label={labels.look}>
      <Setting
        label={labels.settings.language}
        value={look.language}
        choices={Object.entries(LANGUAGES)}
        onChange={(language) => onChange({ language: language as Look['language'] })}
      />
      {Object.entries(LOOK).map(([key, values]) => {
        const name = key as keyof typeof LOOK;
        return (
          <Setting
            key={name}
            label={labels.settings[name]}
            value={look[name]}
            choices={values.map((value) => [value, labels.choices[value]])}
            onChange={(value) => onChange({ [name]: value })}
          />
        );
      })}
    </div>
  );
}

interface SettingProps {
  label: string;
  value: string;
  /** Values and their names. */
  choices: readonly (readonly [value: string, name: string])[];
  onChange: (value: string) => void;
}

function Setting({ label, value, choices, onChange }: SettingProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
