import { memo, type ReactElement } from 'react';
import { getVirtualizedProps, toEm } from './getVirtualizedProps.js';
import { MarkdownSegment } from './MarkdownSegment.js';
import type { Segment } from './splitIntoSegments.js';
import { asPart } from '../part.js';

/** Number of segments in a group. Browsers visit all siblings when an element is added, so long texts are grouped. */
const GROUP_SIZE = 24;

interface MarkdownGroupProps {
  segments: readonly Segment[];
  /** Index of the first segment. */
  start: number;
  /** Index after the last segment. */
  end: number;
  /** The group is the end of a growing text. */
  isUnfinished: boolean;
}

/** Group of segments of a text. Element: div. `data-virtualized` if the text has several groups. */
export const MarkdownGroup = memo(function MarkdownGroup({
  segments,
  start,
  end,
  isUnfinished,
}: MarkdownGroupProps): ReactElement {
  const group = segments.slice(start, end);
  const isVirtualized = segments.length > GROUP_SIZE;
  return (
    <div
      {...asPart('markdown-group')}
      {...(isVirtualized && getVirtualizedProps(countLines(group)))}
    >
      {group.map((segment, index) => (
        <MarkdownSegment
          key={index}
          segment={segment}
          isUnfinished={isUnfinished && start + index === end - 1}
          isVirtualized={segments.length > 1}
        />
      ))}
    </div>
  );
});

/** Reserves the height of segments that are not rendered yet. Element: div. */
export function MarkdownRest({ segments }: { segments: readonly Segment[] }): ReactElement {
  return <div {...asPart('markdown-rest')} style={{ blockSize: toEm(countLines(segments)) }} />;
}

/** Splits the first segments of a text into groups. */
export function groupSegments(count: number): { start: number; end: number }[] {
  return Array.from({ length: Math.ceil(count / GROUP_SIZE) }, (_, index) => ({
    start: index * GROUP_SIZE,
    end: Math.min(count, (index + 1) * GROUP_SIZE),
  }));
}

function countLines(segments: readonly Segment[]): number {
  return segments.reduce((sum, { lineCount }) => sum + lineCount, 0);
}
