import { Fragment, type ReactElement } from 'react';
import { splitMarks, type PlacedMark } from './marks.js';

/** Text as it stands, lines kept, for what is not parsed: raw HTML, and text beyond a limit. Element: p. */
export function PlainText({ text, marks = [] }: { text: string; marks?: readonly PlacedMark[] | undefined }): ReactElement {
  return (
    <p data-part="plain-text" dir="auto">
      {splitMarks(text, marks).map((piece, index) => (
        <Fragment key={index}>{piece.text ?? piece.mark.node}</Fragment>
      ))}
    </p>
  );
}
