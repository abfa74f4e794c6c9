import { memo, useContext, useMemo, useState, type ReactElement } from 'react';
import { Blocks } from './Blocks.js';
import type { Segment } from './cutSegments.js';
import { MarkdownContext } from './MarkdownContext.js';
import type { ReferenceLinks } from './parse/tokens.js';
import { PlainText } from './PlainText.js';
import { readBlocks, type ReadText } from './readBlocks.js';
import { TextBoundary } from './TextBoundary.js';
import { virtualized } from './virtualized.js';

interface MarkdownSegmentProps {
  segment: Segment;
  /** The segment is the end of a growing text. */
  isGrowing: boolean;
  /** True for one of several segments, which is laid out only near the viewport. */
  isOneOfMany: boolean;
}

/** Renders a segment of a text, block by block. Element: div. `data-windowed` if it is one of many. */
export const MarkdownSegment = memo(function MarkdownSegment({
  segment,
  isGrowing,
  isOneOfMany,
}: MarkdownSegmentProps): ReactElement {
  const { links, marks } = useContext(MarkdownContext);
  const [read] = useState(createReader);
  const known = segment.isPlain ? undefined : read(segment.source, isGrowing);
  const blocks = useMemo(() => known?.blocks.map(({ block }) => block), [known]);
  const own = known?.links;
  const shared = useMemo(() => ({ links: withLinks(links, own), marks }), [links, own, marks]);
  const plain = <PlainText text={segment.source} />;
  return (
    <div data-part="markdown-segment" {...(isOneOfMany && virtualized(segment.lines))}>
      <TextBoundary text={segment.source} fallback={plain}>
        <MarkdownContext value={shared}>
          {blocks === undefined ? plain : <Blocks blocks={blocks} />}
        </MarkdownContext>
      </TextBoundary>
    </div>
  );
});

function withLinks(outer: ReferenceLinks, own: ReferenceLinks | undefined): ReferenceLinks {
  return own === undefined || own.size === 0 ? outer : new Map([...outer, ...own]);
}

/** Keeps the last parsed text, so that only new text is parsed. */
function createReader(): (source: string, isOpen: boolean) => ReadText {
  let known: ReadText | undefined;
  return (source, isOpen) => {
    known = readBlocks(source, isOpen, known);
    return known;
  };
}
