import { memo, useState } from 'react';
import { createPart } from '../part.js';
import { cutSegments, type Segment } from './cutSegments.js';
import { groupSegments, MarkdownGroup, MarkdownRest } from './MarkdownGroup.js';
import { MarkdownContext, NOTHING_SHARED, type MarkdownShared } from './MarkdownContext.js';
import { insertMarks, placeMarks, type TextMark } from './marks.js';
import type { MarkdownProps } from './MarkdownProps.js';
import { readBlocks } from './readBlocks.js';
import { useReveal } from './useReveal.js';

/** Longer text, in UTF-16 units, is rendered as plain text. */
const MAX_TEXT = 256_000;

/**
 * Renders markdown as React elements, block by block: while text grows, only the last block is parsed and rendered again. Long
 * text is rendered over several frames. HTML is neither created nor accepted, links and images are checked, and text beyond
 * the limits of size or nesting is rendered as plain text.
 * Element: div. `data-streaming` while text grows.
 */
export const Markdown = memo(function Markdown({
  text,
  isStreaming = false,
  marks = NOTHING_SHARED.marks,
  ...props
}: MarkdownProps) {
  const [read] = useState(createReader);
  const { segments, shared } = read(text, marks, isStreaming);
  const shown = useReveal(segments.length);
  const children = (
    <MarkdownContext value={shared}>
      {groupSegments(shown).map(({ from, to }) => (
        <MarkdownGroup
          key={from}
          segments={segments}
          from={from}
          to={to}
          isGrowing={isStreaming && to === segments.length}
        />
      ))}
      {shown < segments.length && <MarkdownRest segments={segments.slice(shown)} />}
    </MarkdownContext>
  );
  return createPart(
    { tag: 'div', name: 'markdown', state: { streaming: isStreaming }, defaultProps: { children } },
    props,
  );
});

interface ReadText {
  source: string;
  segments: readonly Segment[];
  /** State that all segments share: the marks and the link definitions. */
  shared: MarkdownShared;
  /** The last of several segments, which usually holds the definitions. Undefined until the text is complete. */
  end: string;
}

/** Keeps the last parsed text, so that only new text is parsed. */
function createReader(): (
  text: string,
  marks: readonly TextMark[],
  isStreaming: boolean,
) => ReadText {
  let known: ReadText = { source: '', segments: [], shared: NOTHING_SHARED, end: '' };
  return (text, marks, isStreaming) => {
    const before = known.shared;
    const placed = placeMarks(text, marks, before.marks);
    const source = insertMarks(text, placed).replace(/\r\n?/g, '\n');
    const cut = source.startsWith(known.source) ? known.segments : [];
    const segments =
      source.length > MAX_TEXT
        ? [{ source, start: 0, lines: 1, isPlain: true }]
        : cutSegments(source, cut);
    // Definitions are usually at the end. All segments depend on them, so they wait until the text is complete.
    const end = segments.length > 1 && !isStreaming ? (segments.at(-1)?.source ?? '') : '';
    const links = end === known.end ? before.links : readLinks(end);
    const shared =
      links === before.links && placed === before.marks ? before : { links, marks: placed };
    known = { source, segments, shared, end };
    return known;
  };
}

function readLinks(text: string): MarkdownShared['links'] {
  return text.includes(']:') ? readBlocks(text, false).links : NOTHING_SHARED.links;
}
