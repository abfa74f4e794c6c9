import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../Button.js';
import { TextChunks } from '../markdown/TextChunks.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, getScrollRegionProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { getFieldTitle } from './ToolDisplay.js';

interface ValueTableProps {
  fields: readonly (readonly [name: string, value: unknown])[];
  /** JSON Schema of the object, for the titles of its fields. */
  schema?: unknown;
  /** The complete object as JSON, shown collapsed. Undefined to leave it out, such as while it streams. */
  json: string | undefined;
  jsonLabel: string;
}

/** Number of rows that are rendered, and added, at a time. */
const ROWS_PER_PAGE = 100;
/** Longer text, in UTF-16 units, scrolls in its own region. */
const MAX_INLINE_LENGTH = 2_000;

/** Fields of an object as rows, and the object as collapsed JSON. */
export function ValueTable({ fields, schema, json, jsonLabel }: ValueTableProps): ReactElement {
  const texts = useCompleteTexts();
  const [rowCount, setRowCount] = useState(ROWS_PER_PAGE);
  return (
    <>
      <dl {...asPart('fields')}>
        {fields.slice(0, rowCount).map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{getFieldTitle(schema, name)}</bdi>
            </dt>
            <dd dir="auto">
              <FieldValue name={name} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {fields.length > rowCount && (
        <div {...asPart('load-more')}>
          <Button variant="quiet" onClick={() => setRowCount(rowCount + ROWS_PER_PAGE)}>
            {texts.list.loadMore}
          </Button>
        </div>
      )}
      {json !== undefined && (
        <details {...asPart('raw')}>
          <summary>{jsonLabel}</summary>
          <RawText text={json} label={jsonLabel} />
        </details>
      )}
    </>
  );
}

/** Preformatted text in a scrolling region that is reachable by keyboard. */
export function RawText({ text, label }: { text: string; label: string }): ReactElement | null {
  return createPart(
    {
      tag: 'pre',
      name: 'raw-text',
      defaultProps: {
        ...getScrollRegionProps(label),
        dir: 'ltr',
        children: <TextChunks text={text} />,
      },
    },
    {},
  );
}

function FieldValue({ name, value }: { name: string; value: unknown }): ReactNode {
  const texts = useCompleteTexts();
  if (value === '') return <span {...asPart('muted')}>{texts.steps.empty}</span>;
  if (typeof value === 'string') return <InlineOrRaw name={name} text={value} />;
  // Numbers keep the digits of the JSON: the displayed arguments must be those that run.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? texts.steps.yes : texts.steps.no;
  if (value === null || value === undefined)
    return <span {...asPart('muted')}>{texts.steps.empty}</span>;
  if (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'string' || typeof item === 'number')
  )
    return <InlineOrRaw name={name} text={value.join(', ')} />;
  const json = JSON.stringify(value);
  return json.length > MAX_INLINE_LENGTH ? (
    <InlineOrRaw name={name} text={json} />
  ) : (
    <code>{json}</code>
  );
}

function InlineOrRaw({ name, text }: { name: string; text: string }): ReactNode {
  return text.length > MAX_INLINE_LENGTH ? <RawText text={text} label={truncate(name)} /> : text;
}
