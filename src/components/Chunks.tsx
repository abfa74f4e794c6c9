import { memo, type ReactElement } from 'react';
import { splitIntoChunks } from './markdown/splitIntoChunks.js';
import { MarkedText } from './markdown/MarkedText.js';

/** Props of `Chunks`. */
interface ChunksProps {
  text: string;
  /** Direction of each chunk. @default that of what is around */
  dir?: 'auto';
}

/** Text of any length in an element that keeps its lines: a long one in chunks, each laid out only while it is near the window. */
export const Chunks = memo(function Chunks({ text, dir }: ChunksProps): ReactElement {
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
