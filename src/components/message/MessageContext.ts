import { createContext, useContext } from 'react';
import type { Message as WireMessage } from '../../protocol/types.js';
import type { FileResolver } from '../file/FileResolver.js';

/**
 * Delivery of a message that the user sends: waiting for the active run to end, on its way to the server, stored, or not sent
 * because of an error.
 */
export type MessageDelivery = 'queued' | 'sending' | 'sent' | 'failed';

/** Values that `Message.Root` provides to the parts inside it. */
export interface MessageContextValue {
  message: WireMessage;
  /** True while the text of the message is streamed. */
  isStreaming: boolean;
  delivery: MessageDelivery;
  resolveFile: FileResolver | undefined;
  onDownload: ((fileId: string) => void) | undefined;
}

/** Provides the message of `Message.Root`. Undefined outside of it. */
export const MessageContext = createContext<MessageContextValue | undefined>(undefined);

/**
 * Returns the values of the surrounding `Message.Root`, for custom parts.
 *
 * @param part Name of the calling part, for the error message.
 * @throws Error outside `Message.Root`
 */
export function useMessageContext(part = 'useMessageContext'): MessageContextValue {
  const context = useContext(MessageContext);
  if (context === undefined)
    throw new Error(
      `${part} must be used inside <Message.Root>. Wrap it in <Message.Root message={message}>.`,
    );
  return context;
}

/**
 * Returns the message of a part that can be used alone with a `message` prop, or inside `Message.Root` without one.
 *
 * @throws Error without a prop outside `Message.Root`
 */
export function usePartMessage<Message extends Partial<WireMessage>>(
  part: string,
  message: Message | undefined,
): Message | WireMessage {
  const context = useContext(MessageContext);
  const found = message ?? context?.message;
  if (found === undefined)
    throw new Error(
      `${part} needs a message. Pass the "message" prop, or wrap it in <Message.Root message={message}>.`,
    );
  return found;
}
