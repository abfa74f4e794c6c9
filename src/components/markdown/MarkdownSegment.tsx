import { memo, useMemo, useState, type ReactElement } from 'react';
import { Blocks } from './Blocks.js';
import type { Segment } from './cutSegments.js';
import { MarkdownContext } from './MarkdownContext.js';
import type { PlacedMark } from './marks.js';
import type { ReferenceLinks } from './parse/tokens.js';
import { PlainText } from './PlainText.js';
import { readBlocks, type ReadText } from './readBlocks.js';
import { TextBoundary } from './TextBoundary.js';
import { windowed } from './windowed.js';

interface MarkdownSegmentProps {
  segment: Segment;
  /** Link definitions that stand elsewhere in the text. */
  links: ReferenceLinks;
  marks: readonly PlacedMark[];
  /** It is the end of a text that grows. */
  isGrowing: boolean;
  /** One of several: laid out only while it is near the window. */
  isOneOfMany: boolean;
}

/** One segment of a text, block by block. Element: div. `data-windowed` where it is one of many. */
export const MarkdownSegment = memo(function MarkdownSegment({
  segment,
  links,
  marks,
  isGrowing,
  isOneOfMany,
}: MarkdownSegmentProps): ReactElement {
  const [read] = useState(createReader);
  const known = segment.isPlain ? undefined : read(segment.source, isGrowing);
  const blocks = useMemo(() => known?.blocks.map(({ block }) => block), [known]);
  const own = known?.links;
  const context = useMemo(() => ({ links: withLinks(own, links), marks }), [own, links, marks]);
  const plain = <PlainText text={segment.source} marks={marks} />;

  return (
    <div data-part="markdown-segment" {...(isOneOfMany && windowed(segment.lines))}>
      {blocks === undefined ? (
        plain
      ) : (
        <TextBoundary text={segment.source} fallback={plain}>
          <MarkdownContext value={context}>
            <Blocks blocks={blocks} />
          </MarkdownContext>
        </TextBoundary>
      )}
    </div>
  );
});

function withLinks(own: ReferenceLinks | undefined, outer: ReferenceLinks): ReferenceLinks {
  if (own === undefined || own.size === 0) return outer;
  return outer.size === 0 ? own : new Map([...outer, ...own]);
}

/** Remembers the text it has read last, so that the next one costs only what is new. */
function createReader(): (source: string, isOpen: boolean) => ReadText {
  let known: ReadText | undefined;
  return (source, isOpen) => {
    known = readBlocks(source, isOpen, known);
    return known;
  };
}
