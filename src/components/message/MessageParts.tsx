import { Fragment, type ReactElement } from 'react';
import { getPartDisplay } from './getPartDisplay.js';
import { useMessageContext } from './MessageContext.js';
import { renderMessagePart, type MessagePartRenderers } from './renderMessagePart.js';

/** Props of `Message.Parts`. */
export interface MessagePartsProps {
  /** Renderers by content type that replace the default ones. */
  renderers?: MessagePartRenderers | undefined;
  /** Omits text parts, for example while `Message.Editor` replaces them. @default false */
  hideText?: boolean | undefined;
}

/** Renders the content parts of the message in order, each by its type. Element: none of its own. */
export function MessageParts({ renderers, hideText = false }: MessagePartsProps): ReactElement {
  const { message, isStreaming, resolveFile, onDownload } = useMessageContext('Message.Parts');
  return (
    <>
      {message.content.map((part, index) => (
        <Fragment key={index}>
          {!(hideText && part.type === 'text') &&
            renderMessagePart(
              part,
              { ...getPartDisplay(message, index, isStreaming), resolveFile, onDownload },
              renderers,
            )}
        </Fragment>
      ))}
    </>
  );
}
