import type { ReactNode } from 'react';
import type { MessageContent } from '../../protocol/types.js';
import type { FileResolver } from '../file/FileResolver.js';
import type { PartDisplay } from './getPartDisplay.js';
import { MessageImage } from './MessageImage.js';
import { MessageRefusal } from './MessageRefusal.js';
import { MessageText } from './MessageText.js';
import { UnknownContent } from './UnknownContent.js';

/** Context that the renderer of a content part receives. */
export interface MessagePartContext extends PartDisplay {
  resolveFile: FileResolver | undefined;
  onDownload: ((fileId: string) => void) | undefined;
}

/** Renderers of content parts by type, for types that the server adds or to replace a default one. */
export type MessagePartRenderers = Readonly<
  Record<string, (part: MessageContent, context: MessagePartContext) => ReactNode>
>;

/** Renders one content part of a message by its type. Unknown types are rendered as a placeholder. */
export function renderMessagePart(
  part: MessageContent,
  context: MessagePartContext,
  renderers: MessagePartRenderers = {},
): ReactNode {
  const type: string = part.type;
  if (Object.hasOwn(renderers, type)) return renderers[type]?.(part, context);
  switch (part.type) {
    case 'text':
      return <MessageText text={part.text} {...context} />;
    case 'image_file':
      return (
        <MessageImage
          fileId={part.image_file.file_id}
          resolveFile={context.resolveFile}
          onDownload={context.onDownload}
        />
      );
    case 'image_url':
      return <MessageImage url={part.image_url.url} />;
    case 'refusal':
      return <MessageRefusal refusal={part.refusal} />;
    default:
      // Servers may add types: show that there is content instead of hiding it.
      return <UnknownContent type={type} />;
  }
}
