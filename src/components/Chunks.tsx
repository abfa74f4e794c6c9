import { memo, type ReactElement } from 'react';
import { chunksOf } from './markdown/chunksOf.js';

/** Text of any length in an element that keeps its lines: a long one in chunks, each laid out only while it is near the window. */
export const Chunks = memo(function Chunks({ text }: { text: string }): ReactElement {
  const chunks = chunksOf(text);
  if (chunks.length === 1) return <>{text}</>;
  return (
    <>
      {chunks.map((chunk, index) => (
        <span key={index} data-part="text-chunk">
          {chunk}
        </span>
      ))}
    </>
  );
});
