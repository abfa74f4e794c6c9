import { useId, useMemo, type ReactElement, type ReactNode } from 'react';
import type { MessageAnnotation, TextContent } from '../../protocol/types.js';
import { useComponents } from '../ComponentsContext.js';
import { Markdown as DefaultMarkdown } from '../markdown/Markdown.js';
import type { TextMark } from '../markdown/marks.js';
import { PlainText } from '../markdown/PlainText.js';
import { createPart, type PartProps } from '../part.js';
import {
  resolveAnnotations,
  type AnnotatedPassage,
  type ResolvedAnnotations,
} from './resolveAnnotations.js';

/** Renderers for the annotations of a text. */
export interface AnnotationParts {
  /**
   * Creates the replacement of an annotated passage.
   *
   * @param listId Id of the list of sources.
   */
  createMark: (
    passage: Exclude<AnnotatedPassage, { kind: 'stray' }>,
    listId: string,
  ) => Pick<TextMark, 'key' | 'node' | 'link'>;
  /** Renders the sources and the files below a text with annotations. */
  renderSources: (annotations: ResolvedAnnotations, listId: string) => ReactNode;
}

/** State of `AnnotatedText`. */
export interface AnnotatedTextState {
  format: 'markdown' | 'plain';
  streaming: boolean;
}

/** Props of `AnnotatedText`. */
export interface AnnotatedTextProps extends Omit<PartProps<'div', AnnotatedTextState>, 'children'> {
  text: TextContent['text'];
  /** `plain` displays the text as written, with its line breaks. @default 'markdown' */
  format?: AnnotatedTextState['format'] | undefined;
  /** True while the text grows. @default false */
  isStreaming?: boolean | undefined;
  parts: AnnotationParts;
}

/** Text of a message with its annotations. Element: div. `data-format`, `data-streaming`. */
export function AnnotatedText({
  text,
  format = 'markdown',
  isStreaming = false,
  parts,
  ...props
}: AnnotatedTextProps): ReactElement | null {
  const { Markdown = DefaultMarkdown } = useComponents();
  const id = useId();
  const { value } = text;
  // Some servers omit an empty list.
  const annotations = Array.isArray(text.annotations) ? text.annotations : NO_ANNOTATIONS;
  const resolved = useMemo(
    () => resolveAnnotations(value, annotations, isStreaming),
    [value, annotations, isStreaming],
  );

  const { passages, sources, files } = resolved;
  const marks = passages.map((passage): TextMark => {
    const { start, end } = passage;
    const mark = passage.kind === 'stray' ? HIDDEN_MARK : parts.createMark(passage, id);
    return { start, end, ...mark };
  });
  const children = (
    <>
      {format === 'markdown' ? (
        <Markdown text={value} isStreaming={isStreaming} marks={marks} />
      ) : (
        <PlainText text={value} />
      )}
      {(passages.length > 0 || sources.length > 0 || files.length > 0) &&
        parts.renderSources(resolved, id)}
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

const HIDDEN_MARK = { key: 'stray', node: null };
