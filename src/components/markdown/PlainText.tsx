import { memo, type ReactElement } from 'react';
import { getTextDirection } from '../getTextDirection.js';
import { TextChunks } from './TextChunks.js';
import { asPart } from '../part.js';

/**
 * Text as written, with its line breaks: raw HTML, messages of the user, and text beyond a limit. Each chunk of a long
 * text has its own direction. Element: p.
 */
export const PlainText = memo(function PlainText({ text }: { text: string }): ReactElement {
  return (
    <p {...asPart('plain-text')} dir={getTextDirection(text)}>
      <TextChunks text={text} hasDirection />
    </p>
  );
});
