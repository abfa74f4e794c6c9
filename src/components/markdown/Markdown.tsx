import { memo, useState } from 'react';
import { createPart } from '../part.js';
import {
  emptyMarkdownContext,
  MarkdownContext,
  type MarkdownContextValue,
} from './MarkdownContext.js';
import { groupSegments, MarkdownGroup, MarkdownRest } from './MarkdownGroup.js';
import type { MarkdownProps } from './MarkdownProps.js';
import { insertMarks, placeMarks, type TextMark } from './marks.js';
import { parseIncrementally } from './parseIncrementally.js';
import { splitIntoSegments, type Segment } from './splitIntoSegments.js';
import { useReveal } from './useReveal.js';
import { useTranslatable } from './useTranslatable.js';

/** Maximum length of markdown in UTF-16 units. Longer text is rendered as plain text. */
const MAX_LENGTH = 256_000;

/**
 * Markdown as React elements. While text grows, only its last block is parsed and rendered again. Long text is rendered over
 * several frames. HTML is displayed as text, links and images are checked, and text beyond the limits of length and nesting is
 * rendered as plain text. Element: div. `data-streaming` while text grows.
 */
export const Markdown = memo(function Markdown({
  text,
  isStreaming = false,
  marks = emptyMarkdownContext.marks,
  ...props
}: MarkdownProps) {
  const [prepare] = useState(createPreparer);
  const { segments, context } = prepare(text, marks, isStreaming);
  const revealedCount = useReveal(segments.length);
  const ref = useTranslatable(isStreaming);
  const children = (
    <MarkdownContext value={context}>
      {groupSegments(revealedCount).map(({ start, end }) => (
        <MarkdownGroup
          key={start}
          segments={segments}
          start={start}
          end={end}
          isUnfinished={isStreaming && end === segments.length}
        />
      ))}
      {revealedCount < segments.length && <MarkdownRest segments={segments.slice(revealedCount)} />}
    </MarkdownContext>
  );
  return createPart(
    {
      tag: 'div',
      name: 'markdown',
      state: { streaming: isStreaming },
      defaultProps: { children, ref, translate: isStreaming ? 'no' : undefined },
    },
    props,
  );
});

interface PreparedText {
  /** Text with marks inserted. */
  source: string;
  segments: readonly Segment[];
  /** Source of the link definitions in `context`. */
  definitionSource: string;
  context: MarkdownContextValue;
}

/** Returns a function that prepares a growing text. It processes only what was added since the last call. */
function createPreparer(): (
  text: string,
  marks: readonly TextMark[],
  isStreaming: boolean,
) => PreparedText {
  let previous: PreparedText = {
    source: '',
    segments: [],
    definitionSource: '',
    context: emptyMarkdownContext,
  };
  return (text, newMarks, isStreaming) => {
    let { context } = previous;
    const marks = placeMarks(text, newMarks, context.marks);
    const source = insertMarks(text, marks).replace(/\r\n?/g, '\n');
    const segments = getSegments(source, previous);
    const definitionSource = isStreaming ? '' : getDefinitionSource(segments);
    const hasSameLinks = definitionSource === previous.definitionSource;
    const links = hasSameLinks ? context.links : parseIncrementally(definitionSource, false).links;
    if (!hasSameLinks || marks !== context.marks) context = { links, marks };
    previous = { source, segments, definitionSource, context };
    return previous;
  };
}

function getSegments(source: string, previous: PreparedText): readonly Segment[] {
  if (source.length > MAX_LENGTH) return [{ source, start: 0, lineCount: 1, isPlain: true }];
  const hasGrown = source.startsWith(previous.source);
  return splitIntoSegments(source, hasGrown ? previous.segments : []);
}

/**
 * Returns the last of several segments if it may contain link definitions, because models write them at the end. All segments
 * depend on the definitions, so they are not used while text grows.
 */
function getDefinitionSource(segments: readonly Segment[]): string {
  const last = segments.length > 1 ? segments.at(-1)?.source : undefined;
  return last?.includes(']:') ? last : '';
}
