import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../Button.js';
import { TextChunks } from '../markdown/TextChunks.js';
import { useTexts } from '../i18n/useTexts.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, getScrollRegionProps } from '../part.js';
import { truncate } from '../truncate.js';

interface ValueTableProps {
  fields: readonly (readonly [name: string, value: unknown])[];
  /** The whole as JSON, for those who want it exactly. */
  json: string | undefined;
  jsonLabel: string;
}

/** Rows that are shown, and added, at a time. */
const ROWS = 100;
/** A text of more UTF-16 units scrolls in a region of its own. */
const LONG = 2_000;

/** The fields of an object, one a row; then all of it as JSON, folded. */
export function ValueTable({ fields, json, jsonLabel }: ValueTableProps): ReactElement {
  const texts = useTexts();
  const [rows, setRows] = useState(ROWS);
  return (
    <>
      <dl data-part="fields">
        {fields.slice(0, rows).map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{truncate(name)}</bdi>
            </dt>
            <dd dir="auto">
              <Value name={name} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {fields.length > rows && (
        <div data-part="load-more">
          <Button variant="quiet" onClick={() => setRows(rows + ROWS)}>
            {texts.list.loadMore}
          </Button>
        </div>
      )}
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
  return createPart(
    {
      tag: 'pre',
      name: 'raw-text',
      defaultProps: { ...getScrollRegionProps(label), dir: 'ltr', children: <TextChunks text={text} /> },
    },
    {},
  );
}

function Value({ name, value }: { name: string; value: unknown }): ReactNode {
  const texts = useCompleteTexts();
  if (value === '') return <span data-part="muted">{texts.steps.empty}</span>;
  if (typeof value === 'string') return <LongValue name={name} text={value} />;
  // Digit by digit as in the JSON: what is shown must be what runs.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? texts.steps.yes : texts.steps.no;
  if (value === null || value === undefined)
    return <span data-part="muted">{texts.steps.empty}</span>;
  if (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'string' || typeof item === 'number')
  )
    return <LongValue name={name} text={value.join(', ')} />;
  const json = JSON.stringify(value);
  return json.length > LONG ? <LongValue name={name} text={json} /> : <code>{json}</code>;
}

function LongValue({ name, text }: { name: string; text: string }): ReactNode {
  return text.length > LONG ? <RawText text={text} label={truncate(name)} /> : text;
}
