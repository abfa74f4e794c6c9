import type { ReactElement, ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, scrollRegion } from '../part.js';

interface ValueTableProps {
  fields: readonly (readonly [name: string, value: unknown])[];
  /** The whole as JSON, for those who want it exactly. */
  json: string | undefined;
  jsonLabel: string;
}

/** The fields of an object, one a row; then all of it as JSON, folded. */
export function ValueTable({ fields, json, jsonLabel }: ValueTableProps): ReactElement {
  return (
    <>
      <dl data-part="fields">
        {fields.map(([name, value]) => (
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
      {json !== undefined && (
        <details data-part="raw">
          <summary>{jsonLabel}</summary>
          <RawText text={json} label={jsonLabel} />
        </details>
      )}
    </>
  );
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
