import { Fragment, memo, useContext, type ReactElement } from 'react';
import { MarkdownContext } from './MarkdownContext.js';
import { splitMarks } from './marks.js';
import { TextRun } from './TextRun.js';

/** Text with its marks. */
export const MarkedText = memo(function MarkedText({ text }: { text: string }): ReactElement[] {
  const { marks } = useContext(MarkdownContext);
  return splitMarks(text, marks).map((piece, index) =>
    piece.mark === undefined ? (
      <TextRun key={index} text={piece.text} />
    ) : (
      <Fragment key={index}>{piece.mark.node}</Fragment>
    ),
  );
});
