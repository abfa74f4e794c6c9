import { memo, type ReactElement, type ReactNode } from 'react';
import { MessageActions } from './MessageActions.js';
import { MessageAttachments } from './MessageAttachments.js';
import { MessageAvatar } from './MessageAvatar.js';
import { MessageBody } from './MessageBody.js';
import { MessageCaret } from './MessageCaret.js';
import { MessageDeliveryStatus } from './MessageDeliveryStatus.js';
import { MessageEditor } from './MessageEditor.js';
import { MessageFeedback } from './MessageFeedback.js';
import { MessageFooter } from './MessageFooter.js';
import { MessageImage } from './MessageImage.js';
import { MessageIncomplete } from './MessageIncomplete.js';
import { MessageParts } from './MessageParts.js';
import { MessageRefusal } from './MessageRefusal.js';
import { MessageRoot, type MessageRootProps } from './MessageRoot.js';
import { MessageText } from './MessageText.js';
import { MessageTime } from './MessageTime.js';
import type { MessagePartRenderers } from './renderMessagePart.js';

/** Props of `Message`. */
export interface MessageProps extends Omit<MessageRootProps, 'children'> {
  /** Avatar at the start side of the message. */
  avatar?: ReactNode;
  /** Buttons in the footer, shown on hover and focus. Hidden while the message is streamed. */
  actions?: ReactNode;
  /** Notice below the content, for example an `ErrorNotice`. */
  notice?: ReactNode;
  /** Editor that replaces the text, for example a `Message.Editor`. */
  editor?: ReactNode;
  /** Renderers by content type that replace the default ones. */
  renderers?: MessagePartRenderers | undefined;
}

function AssembledMessage({
  avatar,
  actions,
  notice,
  editor,
  renderers,
  ...props
}: MessageProps): ReactElement {
  return (
    <MessageRoot {...props}>
      {avatar !== undefined && <MessageAvatar>{avatar}</MessageAvatar>}
      <MessageBody>
        <MessageAttachments />
        {editor}
        <MessageParts renderers={renderers} hideText={editor !== undefined} />
        <MessageCaret />
        <MessageIncomplete />
        {notice}
      </MessageBody>
      <MessageFooter>
        <MessageTime />
        <MessageDeliveryStatus />
        {props.isStreaming !== true && actions}
      </MessageFooter>
    </MessageRoot>
  );
}

/**
 * One message with its attachments, content, time and actions. Messages of the user are shown as typed, those of the
 * assistant as markdown. To change what a message contains, compose its parts (`Message.Root`, `Message.Body`, ...) instead.
 *
 * Element: article, see `Message.Root` for its data attributes.
 *
 * @example
 * ```tsx
 * import { Message, type MessageObject } from 'assistants-react';
 *
 * export function Row({ message }: { message: MessageObject }) {
 *   return <Message message={message} actions={<Message.Actions message={message} />} />;
 * }
 *
 * export function CustomRow({ message }: { message: MessageObject }) {
 *   return (
 *     <Message.Root message={message}>
 *       <Message.Avatar>🙂</Message.Avatar>
 *       <Message.Body>
 *         <Message.Attachments />
 *         <Message.Parts />
 *       </Message.Body>
 *       <Message.Footer>
 *         <Message.Time />
 *         <Message.Actions />
 *       </Message.Footer>
 *     </Message.Root>
 *   );
 * }
 * ```
 */
export const Message = /* @__PURE__ */ Object.assign(/* @__PURE__ */ memo(AssembledMessage), {
  Root: MessageRoot,
  Avatar: MessageAvatar,
  Body: MessageBody,
  Attachments: MessageAttachments,
  Parts: MessageParts,
  Text: MessageText,
  Image: MessageImage,
  Refusal: MessageRefusal,
  Caret: MessageCaret,
  Incomplete: MessageIncomplete,
  Editor: MessageEditor,
  Footer: MessageFooter,
  Time: MessageTime,
  Delivery: MessageDeliveryStatus,
  Actions: MessageActions,
  Feedback: MessageFeedback,
});
