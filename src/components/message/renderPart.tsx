import type { ReactNode } from 'react';
import type { MessageContent } from '../../protocol/types.js';
import { MessageImage } from './MessageImage.js';
import { MessageRefusal } from './MessageRefusal.js';
import { MessageText } from './MessageText.js';
import { UnknownContent } from './UnknownContent.js';

/** What is known of a file by its id: its name, and an address of this origin or a blob at which an image can be shown. */
export type FileResolver = (
  fileId: string,
) => { name?: string | undefined; url?: string | undefined } | undefined;

/** What the parts of one message share. */
export interface PartContext {
  format: 'markdown' | 'plain';
  isStreaming: boolean;
  resolveFile: FileResolver | undefined;
  onDownload: ((fileId: string) => void) | undefined;
}

/** Renderers by content type, in place of ours or for types that only your server has. */
export type PartRenderers = Readonly<
  Record<string, (part: MessageContent, surroundings: PartContext) => ReactNode>
>;

/** Shows one part of a message by its type. A type that nobody knows becomes a quiet placeholder. */
export function renderPart(
  part: MessageContent,
  surroundings: PartContext,
  renderers: PartRenderers = {},
): ReactNode {
  const type: string = part.type;
  if (Object.hasOwn(renderers, type)) return renderers[type]?.(part, surroundings);
  switch (part.type) {
    case 'text':
      return <MessageText text={part.text} {...surroundings} />;
    case 'image_file':
      return (
        <MessageImage fileId={part.image_file.file_id} resolveFile={surroundings.resolveFile} />
      );
    case 'image_url':
      return <MessageImage url={part.image_url.url} />;
    case 'refusal':
      return <MessageRefusal refusal={part.refusal} />;
    default:
      // The wire may grow; what it has grown is said, not hidden.
      return <UnknownContent type={type} />;
  }
}
