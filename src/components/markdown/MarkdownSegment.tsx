import { memo, useContext, useMemo, useState, type ReactElement } from 'react';
import { ErrorBoundary } from '../ErrorBoundary.js';
import { Blocks } from './Blocks.js';
import { getVirtualizedProps } from './getVirtualizedProps.js';
import { MarkdownContext } from './MarkdownContext.js';
import type { LinkDefinitions } from './parse/tokens.js';
import { parseIncrementally, type ParsedText } from './parseIncrementally.js';
import { PlainText } from './PlainText.js';
import type { Segment } from './splitIntoSegments.js';
import { asPart } from '../part.js';

interface MarkdownSegmentProps {
  segment: Segment;
  /** The segment is the end of a growing text. */
  isUnfinished: boolean;
  /** The browser lays out the segment only near the viewport. */
  isVirtualized: boolean;
}

/** Segment of a text. Element: div. `data-virtualized` if the text has several segments. */
export const MarkdownSegment = memo(function MarkdownSegment({
  segment,
  isUnfinished,
  isVirtualized,
}: MarkdownSegmentProps): ReactElement {
  const { links, marks } = useContext(MarkdownContext);
  const [parse] = useState(createIncrementalParser);
  const parsed = segment.isPlain ? undefined : parse(segment.source, isUnfinished);
  const blocks = useMemo(() => parsed?.blocks.map(({ block }) => block), [parsed]);
  const segmentLinks = parsed?.links;
  const context = useMemo(
    () => ({ links: mergeLinks(links, segmentLinks), marks }),
    [links, segmentLinks, marks],
  );
  const plainText = <PlainText text={segment.source} />;
  return (
    <div
      {...asPart('markdown-segment')}
      {...(isVirtualized && getVirtualizedProps(segment.lineCount))}
    >
      <ErrorBoundary resetKey={segment.source} fallback={plainText}>
        <MarkdownContext value={context}>
          {blocks === undefined ? plainText : <Blocks blocks={blocks} />}
        </MarkdownContext>
      </ErrorBoundary>
    </div>
  );
});

function mergeLinks(links: LinkDefinitions, others: LinkDefinitions | undefined): LinkDefinitions {
  return others?.size ? new Map([...links, ...others]) : links;
}

/** Returns a function that parses a growing text. It parses only what was added since the last call. */
function createIncrementalParser(): (source: string, isStreaming: boolean) => ParsedText {
  let previous: ParsedText | undefined;
  return (source, isStreaming) => {
    previous = parseIncrementally(source, isStreaming, previous);
    return previous;
  };
}
