import { useId, useMemo, type ReactElement, type ReactNode } from 'react';
import type { MessageAnnotation, TextContent } from '../../protocol/types.js';
import { useComponents } from '../ComponentsContext.js';
import { Markdown as OurMarkdown } from '../markdown/Markdown.js';
import type { TextMark } from '../markdown/marks.js';
import { PlainText } from '../markdown/PlainText.js';
import { createPart, type PartProps } from '../part.js';
import {
  resolveAnnotations,
  type AnnotatedPassage,
  type CitedSource,
} from './resolveAnnotations.js';

/** What stands for the annotations of a text. */
export interface AnnotationParts {
  /** In place of an annotated passage. `listId` is of the list of sources. */
  createMark: (
    passage: Exclude<AnnotatedPassage, { kind: 'stray' }>,
    listId: string,
  ) => Pick<TextMark, 'key' | 'node' | 'link'>;
  /** Under a text that cites. */
  sourcesOf: (sources: readonly CitedSource[], listId: string) => ReactNode;
}

/** Props of `AnnotatedText`. */
export interface AnnotatedTextProps extends Omit<
  PartProps<'div', { format: 'markdown' | 'plain'; streaming: boolean }>,
  'children'
> {
  text: TextContent['text'];
  /** `plain` keeps lines and marks as they were typed. @default 'markdown' */
  format?: 'markdown' | 'plain' | undefined;
  /** @default false */
  isStreaming?: boolean | undefined;
  parts: AnnotationParts;
}

/** Text of a message, whatever stands for its annotations. Element: div. `data-format`, `data-streaming`. */
export function AnnotatedText({
  text,
  format = 'markdown',
  isStreaming = false,
  parts,
  ...props
}: AnnotatedTextProps): ReactElement | null {
  const { Markdown = OurMarkdown } = useComponents();
  const id = useId();
  const { value } = text;
  // Some servers leave an empty list out.
  const annotations = Array.isArray(text.annotations) ? text.annotations : NO_ANNOTATIONS;
  const { passages, sources } = useMemo(
    () => resolveAnnotations(value, annotations, isStreaming),
    [value, annotations, isStreaming],
  );

  const marks = passages.map((passage): TextMark => {
    const { start, end } = passage;
    return { start, end, ...(passage.kind === 'stray' ? STRAY : parts.createMark(passage, id)) };
  });
  const children = (
    <>
      {format === 'markdown' ? (
        <Markdown text={value} isStreaming={isStreaming} marks={marks} />
      ) : (
        <PlainText text={value} />
      )}
      {sources.length > 0 && parts.sourcesOf(sources, id)}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'message-text',
      state: { format, streaming: isStreaming },
      defaultProps: { children },
    },
    props,
  );
}

const NO_ANNOTATIONS: readonly MessageAnnotation[] = [];

const STRAY = { key: 'stray', node: null };
