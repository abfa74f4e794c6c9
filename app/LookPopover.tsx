import { useId, type ReactElement } from 'react';
import { ACCENTS, LANGUAGES, type Look } from './useLook.js';

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
      <Choice
        label="Language"
        value={look.language}
        choices={Object.entries(LANGUAGES).map(([tag, { name }]) => [tag, name])}
        onChange={(language) => onChange({ language: language as Look['language'] })}
      />
      <Choice
        label="Direction"
        value={look.direction}
        choices={[
          ['auto', 'Of the language'],
          ['ltr', 'Left to right'],
          ['rtl', 'Right to left'],
        ]}
        onChange={(direction) => onChange({ direction: direction as Look['direction'] })}
      />
      <Choice
        label="Density"
        value={look.density}
        choices={[
          ['comfortable', 'Comfortable'],
          ['compact', 'Compact'],
        ]}
        onChange={(density) => onChange({ density: density as Look['density'] })}
      />
      <Choice
        label="Accent"
        value={look.accent}
        choices={Object.entries(ACCENTS).map(([name, color]) => [color, name])}
        onChange={(accent) => onChange({ accent })}
      />
      <Choice
        label="Theme"
        value={look.theme}
        choices={[
          ['system', 'Of the system'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
        onChange={(theme) => onChange({ theme: theme as Look['theme'] })}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: readonly (readonly [value: string, name: string])[];
  onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps): ReactElement {
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
