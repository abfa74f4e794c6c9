import { memo, type ReactElement, type ReactNode } from 'react';
import { getTextDirection } from '../getTextDirection.js';
import { MarkedText } from './MarkedText.js';
import { hasMarks } from './marks.js';
import { splitIntoChunks, type TextChunk } from './splitIntoChunks.js';
import { TextRun } from './TextRun.js';
import { asPart } from '../part.js';

interface TextChunksProps {
  text: string;
  /** Gives each chunk the direction of its text. @default false */
  hasDirection?: boolean;
}

/**
 * Text of any length, for an element that keeps line breaks. The browser lays out the chunks of a long text only near
 * the viewport.
 */
export const TextChunks = memo(function TextChunks({
  text,
  hasDirection = false,
}: TextChunksProps): ReactNode {
  return splitIntoChunks(text).map((chunk, index) => (
    <span
      key={index}
      {...asPart('text-chunk')}
      dir={hasDirection ? getTextDirection(chunk.join('')) : undefined}
    >
      {renderPieces(chunk)}
    </span>
  ));
});

function renderPieces(chunk: TextChunk): ReactElement[] {
  return chunk.map((piece, index) =>
    hasMarks(piece) ? (
      <MarkedText key={index} text={piece} />
    ) : (
      <TextRun key={index} text={piece} />
    ),
  );
}
