import { Fragment, memo, type ReactElement } from 'react';
import { chunksOf } from './chunksOf.js';
import { splitMarks, type PlacedMark } from './marks.js';

const NO_MARKS: readonly PlacedMark[] = [];

/**
 * Text as it stands, lines kept, for what is not parsed: raw HTML, what a person has typed, and text beyond a limit. Long text
 * is laid out in chunks, each only while it is near the window. Element: p.
 */
export const PlainText = memo(function PlainText({
  text,
  marks = NO_MARKS,
}: {
  text: string;
  marks?: readonly PlacedMark[] | undefined;
}): ReactElement {
  const chunks = chunksOf(text);
  return (
    <p data-part="plain-text" dir={chunks.length > 1 ? undefined : 'auto'}>
      {chunks.length > 1
        ? chunks.map((chunk, index) => (
            <span key={index} data-part="text-chunk" dir="auto">
              <Pieces text={chunk} marks={marks} />
            </span>
          ))
        : <Pieces text={text} marks={marks} />}
    </p>
  );
});

const Pieces = memo(function Pieces({ text, marks }: { text: string; marks: readonly PlacedMark[] }): ReactElement {
  return (
    <>
      {splitMarks(text, marks).map((piece, index) => (
        <Fragment key={index}>{piece.text ?? piece.mark.node}</Fragment>
      ))}
    </>
  );
});
