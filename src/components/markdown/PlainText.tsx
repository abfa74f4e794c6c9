import { memo, type ReactElement } from 'react';
import { TextChunks } from './TextChunks.js';

/**
 * Text as it stands, lines kept, for what is not parsed: raw HTML, what a person has typed, and text beyond a limit. Each chunk
 * of a long one has a direction of its own. Element: p.
 */
export const PlainText = memo(function PlainText({ text }: { text: string }): ReactElement {
  return (
    <p data-part="plain-text" dir="auto">
      <TextChunks text={text} dir="auto" />
    </p>
  );
});
