import type { ReactElement, ReactNode } from 'react';
import { useTexts } from '../i18n/TextsContext.js';
import { createPart, scrollRegion, type PartProps } from '../part.js';
import { readArguments } from './readArguments.js';

/** Props of `ArgumentsTable`. */
export interface ArgumentsTableProps extends Omit<PartProps<'div'>, 'children'> {
  /** As the model wrote them; may be malformed. */
  argumentsText: string;
}

/** Arguments of a function call: a table of their fields, then the raw JSON folded; malformed ones as they were written. Element: div. `data-kind`. */
export function ArgumentsTable({ argumentsText, ...props }: ArgumentsTableProps): ReactElement | null {
  const texts = useTexts();
  const read = readArguments(argumentsText);
  let children: ReactNode;
  if (read.kind === 'empty') children = <p data-part="muted">{texts.steps.noArguments}</p>;
  else if (read.kind === 'malformed') {
    children = (
      <>
        <p data-part="arguments-notice">{texts.steps.malformedArguments}</p>
        <RawText text={read.text} label={texts.steps.arguments} />
      </>
    );
  } else if (read.kind === 'value') children = <RawText text={read.json} label={texts.steps.arguments} />;
  else {
    children = (
      <>
        <dl data-part="fields">
          {read.fields.map(([name, value]) => (
            <div key={name}>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd dir="auto">
                <Value value={value} />
              </dd>
            </div>
          ))}
        </dl>
        <details data-part="raw">
          <summary>{texts.steps.rawArguments}</summary>
          <RawText text={read.json} label={texts.steps.rawArguments} />
        </details>
      </>
    );
  }
  return createPart({ tag: 'div', name: 'arguments', state: { kind: read.kind }, own: { children } }, props);
}

/** Text as it stands in a region that scrolls, reachable by keyboard. */
export function RawText({ text, label }: { text: string; label: string }): ReactElement | null {
  return createPart({ tag: 'pre', name: 'raw-text', own: { ...scrollRegion(label), dir: 'ltr', children: text } }, {});
}

function Value({ value }: { value: unknown }): ReactNode {
  const texts = useTexts();
  if (typeof value === 'string') return value === '' ? <span data-part="muted">{texts.steps.empty}</span> : value;
  // Digit by digit as in the JSON: what is shown must be what runs.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? texts.steps.yes : texts.steps.no;
  if (value === null || value === undefined) return <span data-part="muted">{texts.steps.empty}</span>;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) return value.join(', ');
  return <code>{JSON.stringify(value)}</code>;
}
