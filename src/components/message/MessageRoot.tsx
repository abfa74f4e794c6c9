import { useId, useMemo, type ReactElement, type ReactNode } from 'react';
import type { Message as WireMessage } from '../../protocol/types.js';
import { useTexts, type FirstLoadTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps, asPart } from '../part.js';
import type { FileResolver } from '../file/FileResolver.js';
import { MessageContext, type MessageDelivery } from './MessageContext.js';

/** State of a message. */
export interface MessageState {
  role: string;
  status: string | null | undefined;
  streaming: boolean;
  delivery: MessageDelivery;
  group: 'single' | 'first' | 'middle' | 'last';
}

/** Props of `Message.Root`. */
export interface MessageRootProps extends PartProps<'article', MessageState> {
  message: WireMessage;
  /** True while the text of the message is streamed. @default false */
  isStreaming?: boolean | undefined;
  /** Delivery of a message that the user sends. @default 'sent' */
  delivery?: MessageDelivery | undefined;
  /** Position in a group of consecutive messages of one role. @default 'single' */
  group?: MessageState['group'] | undefined;
  /** Looks up names and image URLs of files. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file. Without it, files are listed without a download button. */
  onDownload?: ((fileId: string) => void) | undefined;
  children?: ReactNode;
}

/**
 * Container of one message, which provides it to the parts inside.
 *
 * Element: article, named by the role of the author.
 * Data attributes: `data-role`, `data-status`, `data-streaming`, `data-delivery`, `data-group`.
 */
export function MessageRoot({
  message,
  isStreaming = false,
  delivery = 'sent',
  group = 'single',
  resolveFile,
  onDownload,
  children,
  ...props
}: MessageRootProps): ReactElement | null {
  const texts = useTexts();
  const nameId = useId();
  const context = useMemo(
    () => ({ message, isStreaming, delivery, resolveFile, onDownload }),
    [message, isStreaming, delivery, resolveFile, onDownload],
  );
  const content = (
    <MessageContext value={context}>
      <span id={nameId} {...asPart('hidden')}>
        {getAuthorName(message.role, texts)}
      </span>
      {children}
    </MessageContext>
  );
  const state: MessageState = {
    role: message.role,
    status: message.status,
    streaming: isStreaming,
    delivery,
    group,
  };
  return createPart(
    {
      tag: 'article',
      name: 'message',
      state,
      defaultProps: { children: content, 'aria-labelledby': nameId },
    },
    props,
  );
}

function getAuthorName(role: string, texts: FirstLoadTexts): string {
  if (role === 'user') return texts.message.user;
  return role === 'assistant' ? texts.message.assistant : texts.message.unknownRole;
}
