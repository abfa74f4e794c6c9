'use client';

import { useMemo, type ReactElement } from 'react';
import { Markdown } from '../components/markdown/Markdown.js';
import type { MarkdownProps } from '../components/markdown/MarkdownProps.js';
import type { TextMark } from '../components/markdown/marks.js';
import { findFormulas } from './findFormulas.js';
import { Formula } from './Formula.js';

const NO_MARKS: readonly TextMark[] = [];

/**
 * Renders markdown with formulas. Pass it to `AssistantsProvider` as `components={{ Markdown: MathMarkdown }}`.
 * Formulas are written as `\(…\)` or `$…$` inline, `\[…\]` or `$$…$$` as a block, and become MathML. The converter is
 * loaded with the first formula. Creates elements, no HTML, needs neither eval nor inline styles, and ignores prices.
 * Element: div, as `Markdown`.
 */
export function MathMarkdown({
  text,
  marks = NO_MARKS,
  isStreaming = false,
  ...props
}: MarkdownProps): ReactElement {
  const all = useMemo(() => addFormulaMarks(text, marks, isStreaming), [text, marks, isStreaming]);
  return <Markdown {...props} text={text} isStreaming={isStreaming} marks={all} />;
}

function addFormulaMarks(
  text: string,
  marks: readonly TextMark[],
  isStreaming: boolean,
): readonly TextMark[] {
  const formulas = findFormulas(text, isStreaming).filter(
    ({ start, end }) => !marks.some((mark) => mark.start < end && mark.end > start),
  );
  if (formulas.length === 0) return marks;
  const found = formulas.map<TextMark>(({ tex, isDisplay, isOpen, start, end }) => ({
    key: `formula ${isDisplay ? 'display' : 'inline'} ${isOpen ? 'open' : 'whole'} ${tex}`,
    start,
    end,
    node: <Formula tex={tex} isDisplay={isDisplay} isOpen={isOpen} />,
  }));
  return [...marks, ...found].toSorted((before, after) => before.start - after.start);
}
