import { memo, type ReactElement } from 'react';
import { splitIntoChunks } from './splitIntoChunks.js';
import { MarkedText } from './MarkedText.js';

/** Props of `TextChunks`. */
interface TextChunksProps {
  text: string;
  /** Direction of each chunk. @default the inherited direction */
  dir?: 'auto';
}

/** Renders text of any length. Long text is split into chunks that are laid out only near the viewport. */
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
