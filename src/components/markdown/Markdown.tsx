import { memo, useMemo, useState, type ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';
import { Blocks } from './Blocks.js';
import { lexBlocks, lexTop, type LexedText } from './lexBlocks.js';
import { MarkdownContext } from './MarkdownContext.js';
import { insertMarks, placeMarks, type PlacedMark, type TextMark } from './marks.js';
import { PlainText } from './PlainText.js';
import { repairTail } from './repairTail.js';
import { TextBoundary } from './TextBoundary.js';

/** Props of `Markdown`. */
export interface MarkdownProps extends Omit<PartProps<'div'>, 'children'> {
  /** GitHub flavoured markdown, not trusted. */
  text: string;
  /** The text still grows: half-open marks at its end are shown as if they were closed. @default false */
  isStreaming?: boolean | undefined;
  /** Passages that stand for something else, in order and without overlap. @default none */
  marks?: readonly TextMark[] | undefined;
}

const NO_MARKS: readonly PlacedMark[] = [];

/**
 * Markdown as React elements, block by block: while text grows only the last block is parsed and rendered again. No HTML is
 * made or accepted, links and images are checked, and text beyond the limits of size or nesting is shown plain.
 * Element: div. `data-streaming` while text grows.
 */
export const Markdown = memo(function Markdown({ text, isStreaming = false, marks = NO_MARKS, ...props }: MarkdownProps) {
  const [read] = useState(createReader);
  const { lexed, placed } = read(text, marks);
  const tail = isStreaming ? lexed.blocks.at(-1) : undefined;
  const tailSource = tail === undefined ? undefined : lexed.source.slice(tail.start);
  const repaired = useMemo(() => (tailSource === undefined ? undefined : lexTop(repairTail(tailSource))), [tailSource]);
  const settled = useMemo(() => lexed.blocks.map((block) => block.token), [lexed.blocks]);
  const context = useMemo(() => ({ links: lexed.links, marks: placed }), [lexed.links, placed]);
  const plain = <PlainText text={lexed.source} marks={placed} />;

  const children: ReactElement = lexed.isPlain ? (
    plain
  ) : (
    <TextBoundary text={text} fallback={plain}>
      <MarkdownContext value={context}>
        <Blocks tokens={repaired === undefined ? settled : [...settled.slice(0, -1), ...repaired]} depth={0} />
      </MarkdownContext>
    </TextBoundary>
  );
  return createPart({ tag: 'div', name: 'markdown', state: { streaming: isStreaming }, own: { children } }, props);
});

/** Remembers the last text it has read, so that the next one costs only what is new. */
function createReader(): (text: string, marks: readonly TextMark[]) => { lexed: LexedText; placed: readonly PlacedMark[] } {
  let lexed: LexedText | undefined;
  let placed = NO_MARKS;
  return (text, marks) => {
    placed = placeMarks(text, marks, placed);
    lexed = lexBlocks(insertMarks(text, placed), lexed);
    return { lexed, placed };
  };
}
