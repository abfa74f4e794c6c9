import { memo, type ReactNode } from 'react';
import { MarkedText } from './MarkedText.js';
import { splitIntoChunks } from './splitIntoChunks.js';

interface TextChunksProps {
  text: string;
  /** Direction of each chunk. @default the inherited direction */
  dir?: 'auto';
}

/**
 * Text of any length, for an element that keeps line breaks. The browser lays out the chunks of a long text only near the viewport.
 */
export const TextChunks = memo(function TextChunks({ text, dir }: TextChunksProps): ReactNode {
  const chunks = splitIntoChunks(text);
  if (chunks.length === 1) return <MarkedText text={text} />;
  return chunks.map((chunk, index) => (
    <span key={index} data-part="text-chunk" dir={dir}>
      <MarkedText text={chunk} />
    </span>
  ));
});
