import { Fragment, memo, useContext, type ReactElement } from 'react';
import { MarkdownContext } from './MarkdownContext.js';
import { splitMarks } from './marks.js';

/** Text with its marks. */
export const MarkedText = memo(function MarkedText({ text }: { text: string }): ReactElement[] {
  const { marks } = useContext(MarkdownContext);
  return splitMarks(text, marks).map((piece, index) => (
    <Fragment key={index}>{piece.text ?? piece.mark.node}</Fragment>
  ));
});
