import { memo, type ReactElement } from 'react';
import type { Segment } from './cutSegments.js';
import { MarkdownSegment } from './MarkdownSegment.js';
import { virtualized } from './virtualized.js';

/** Browsers visit every child when one is added, so many segments are grouped. */
const GROUP = 24;

interface MarkdownGroupProps {
  segments: readonly Segment[];
  /** Index of the first segment, and the index after the last. */
  from: number;
  to: number;
  /** The group is the end of a growing text. */
  isGrowing: boolean;
}

/** Renders some segments of a text. Element: div. `data-windowed` if it is one of many. */
export const MarkdownGroup = memo(function MarkdownGroup({
  segments,
  from,
  to,
  isGrowing,
}: MarkdownGroupProps): ReactElement {
  const shown = segments.slice(from, to);
  return (
    <div data-part="markdown-group" {...(segments.length > GROUP && virtualized(linesOf(shown)))}>
      {shown.map((segment, index) => (
        <MarkdownSegment
          key={index}
          segment={segment}
          isGrowing={isGrowing && from + index === to - 1}
          isOneOfMany={segments.length > 1}
        />
      ))}
    </div>
  );
});

/** Reserves the height of segments that are not rendered yet. */
export function MarkdownRest({ segments }: { segments: readonly Segment[] }): ReactElement {
  return (
    <div
      data-part="markdown-rest"
      style={{ blockSize: `${Math.ceil(linesOf(segments) * 1.6)}em` }}
    />
  );
}

/** Returns the groups of the first segments. */
export function groupSegments(count: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / GROUP) }, (_, index) => ({
    from: index * GROUP,
    to: Math.min(count, (index + 1) * GROUP),
  }));
}

function linesOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.lines, 0);
}
