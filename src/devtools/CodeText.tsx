import type { ReactElement } from 'react';
import { truncate } from '../components/truncate.js';
import { asPart } from '../components/part.js';

/** Longer texts would block the page. */
const MAX_LENGTH = 50_000;

/** Text in a monospaced font that scrolls. Element: pre. */
export function CodeText({ text, label }: { text: string; label: string }): ReactElement {
  return (
    <div {...asPart('raw')}>
      <p {...asPart('caption')}>{label}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard. */}
      <pre dir="ltr" tabIndex={0}>
        {truncate(text, MAX_LENGTH)}
      </pre>
    </div>
  );
}

/** Formats a value, or the text of a body, as JSON with indents. Other texts are returned as they are. */
export function formatJson(value: unknown): string {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return JSON.stringify(parsed, null, 2) ?? String(value);
  } catch {
    return String(value);
  }
}
