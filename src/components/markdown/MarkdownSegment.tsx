import { memo, useMemo, useState, type ReactElement } from 'react';
import { Blocks } from './Blocks.js';
import type { Segment } from './cutSegments.js';
import { lexBlocks, lexTop, type LexedText, type ReferenceLinks } from './lexBlocks.js';
import { MarkdownContext } from './MarkdownContext.js';
import type { PlacedMark } from './marks.js';
import { PlainText } from './PlainText.js';
import { repairTail } from './repairTail.js';
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
  const [lex] = useState(createLexer);
  const lexed = segment.isPlain ? undefined : lex(segment.source);
  const tail = isGrowing ? lexed?.blocks.at(-1) : undefined;
  const tailSource = tail === undefined ? undefined : lexed?.source.slice(tail.start);
  const repaired = useMemo(() => (tailSource === undefined ? undefined : lexTop(repairTail(tailSource))), [tailSource]);
  const settled = useMemo(() => lexed?.blocks.map((block) => block.token) ?? [], [lexed?.blocks]);
  const own = lexed?.links;
  const context = useMemo(() => ({ links: withLinks(own, links), marks }), [own, links, marks]);
  const plain = <PlainText text={segment.source} marks={marks} />;

  return (
    <div data-part="markdown-segment" {...(isOneOfMany && windowed(segment.lines))}>
      {lexed === undefined || lexed.isPlain ? (
        plain
      ) : (
        <TextBoundary text={segment.source} fallback={plain}>
          <MarkdownContext value={context}>
            <Blocks tokens={repaired === undefined ? settled : [...settled.slice(0, -1), ...repaired]} depth={0} />
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

/** Remembers the text it has lexed last, so that the next one costs only what is new. */
function createLexer(): (source: string) => LexedText {
  let lexed: LexedText | undefined;
  return (source) => {
    lexed = lexBlocks(source, lexed);
    return lexed;
  };
}
