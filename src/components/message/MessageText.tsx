import { useId, useMemo, type ReactElement } from 'react';
import type { MessageAnnotation, TextContent } from '../../protocol/types.js';
import { useComponents } from '../ComponentsProvider.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { Markdown as OurMarkdown } from '../markdown/Markdown.js';
import type { TextMark } from '../markdown/marks.js';
import { PlainText } from '../markdown/PlainText.js';
import { createPart, type PartProps } from '../part.js';
import { Citation } from './Citation.js';
import { FileLink } from './FileLink.js';
import type { FileResolver } from './renderPart.js';
import { resolveAnnotations, type AnnotatedPassage } from './resolveAnnotations.js';
import { SourceList } from './SourceList.js';

/** Props of `MessageText`. */
export interface MessageTextProps extends Omit<PartProps<'div'>, 'children'> {
  text: TextContent['text'];
  /** `plain` keeps lines and marks as they were typed. @default 'markdown' */
  format?: 'markdown' | 'plain' | undefined;
  /** @default false */
  isStreaming?: boolean | undefined;
  /** Names of cited files. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file that the text links to. Without it such links are text. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/**
 * Text of a message with its annotations: citations as numbers with the list of sources below, paths of files as buttons.
 * Element: div. `data-format`, `data-streaming`.
 */
export function MessageText({
  text,
  format = 'markdown',
  isStreaming = false,
  resolveFile,
  onDownload,
  ...props
}: MessageTextProps): ReactElement | null {
  const { Markdown = OurMarkdown } = useComponents();
  const texts = useConversationTexts();
  const id = useId();
  const { value } = text;
  // Some servers leave an empty list out.
  const annotations = Array.isArray(text.annotations) ? text.annotations : NO_ANNOTATIONS;
  const { passages, sources } = useMemo(() => resolveAnnotations(value, annotations, isStreaming), [value, annotations, isStreaming]);

  const nameOf = (fileId: string): string => resolveFile?.(fileId)?.name ?? texts.citation.unnamedFile;
  const marks = passages.map((passage) => markOf(passage, { id, nameOf, onDownload }));
  const children = (
    <>
      {format === 'markdown' ? (
        <Markdown text={value} isStreaming={isStreaming} marks={marks} />
      ) : (
        <PlainText text={value} />
      )}
      {sources.length > 0 && <SourceList id={id} sources={sources} nameOf={nameOf} onDownload={onDownload} />}
    </>
  );
  return createPart({ tag: 'div', name: 'message-text', state: { format, streaming: isStreaming }, own: { children } }, props);
}

const NO_ANNOTATIONS: readonly MessageAnnotation[] = [];

interface MarkSurroundings {
  id: string;
  nameOf: (fileId: string) => string;
  onDownload: ((fileId: string) => void) | undefined;
}

function markOf(passage: AnnotatedPassage, { id, nameOf, onDownload }: MarkSurroundings): TextMark {
  const { start, end } = passage;
  if (passage.kind === 'stray') return { key: 'stray', start, end, node: null };
  if (passage.kind === 'citation') {
    const { source } = passage;
    const name = nameOf(source.fileId);
    return { key: `citation ${source.number} ${name}`, start, end, node: <Citation source={source} name={name} listId={id} /> };
  }
  const name = fileName(passage.path);
  return {
    key: `file ${passage.fileId} ${onDownload === undefined ? 'text' : 'button'}`,
    start,
    end,
    node: <FileLink fileId={passage.fileId} name={name} onDownload={onDownload} />,
    link: (label) => (
      <FileLink fileId={passage.fileId} name={name} onDownload={onDownload}>
        {label}
      </FileLink>
    ),
  };
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
