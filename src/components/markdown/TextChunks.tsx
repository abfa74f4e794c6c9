import { memo, type ReactElement } from 'react';
import { splitIntoChunks } from './splitIntoChunks.js';
import { MarkedText } from './MarkedText.js';

/** Props of `Chunks`. */
interface TextChunksProps {
  text: string;
  /** Direction of each chunk. @default that of what is around */
  dir?: 'auto';
}

/** Text of any length in an element that keeps its lines: a long one in chunks, each laid out only while it is near the window. */
export const TextChunks = memo(function TextChunks({ text, dir }: TextChunksProps): ReactElement {
  const chunks = splitIntoChunks(text);
  if (chunks.length === 1) return <MarkedText text={text} />;
  return (
    <>
      {chunks.map((chunk, index) => (
        <span key={index} data-part="text-chunk" dir={dir}>
          <MarkedText text={chunk} />
        </span>
      ))}
    </>
  );
});
