import { memo, type ReactElement } from 'react';
import type { Segment } from './cutSegments.js';
import { MarkdownSegment } from './MarkdownSegment.js';
import { virtualized } from './virtualized.js';

/** The browser looks at every child when one is added, so a thousand segments stand in groups. */
const GROUP = 24;

interface MarkdownGroupProps {
  segments: readonly Segment[];
  /** First segment of the group, and the one behind its last. */
  from: number;
  to: number;
  /** It is the end of a text that grows. */
  isGrowing: boolean;
}

/** Some segments of a text. Element: div. `data-windowed` where it is one of many. */
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

/** Room for segments that are not shown yet. */
export function MarkdownRest({ segments }: { segments: readonly Segment[] }): ReactElement {
  return (
    <div
      data-part="markdown-rest"
      style={{ blockSize: `${Math.ceil(linesOf(segments) * 1.6)}em` }}
    />
  );
}

/** The groups of the first segments. */
export function groupSegments(count: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / GROUP) }, (_, index) => ({
    from: index * GROUP,
    to: Math.min(count, (index + 1) * GROUP),
  }));
}

function linesOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.lines, 0);
}
