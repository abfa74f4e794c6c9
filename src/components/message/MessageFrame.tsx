import { Fragment, useId, type ReactElement, type ReactNode } from 'react';
import type { Message as WireMessage, MessageContent } from '../../protocol/types.js';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';
import { labelFor } from '../i18n/labelFor.js';
import { createPart, type PartProps } from '../part.js';
import type { PartContext } from './renderPart.js';

/** Props of `MessageFrame`. */
export interface MessageFrameProps extends Omit<PartProps<'article'>, 'children'> {
  message: WireMessage;
  /** Its text still grows. @default false */
  isStreaming?: boolean | undefined;
  /** Where a message of one's own is on its way to the server. @default 'sent' */
  delivery?: 'sending' | 'sent' | 'failed' | undefined;
  /** Place in a run of messages of one speaker; the name is said only at the start. @default 'single' */
  group?: 'single' | 'first' | 'middle' | 'last' | undefined;
  /** Stands before the message, at the start side. */
  avatar?: ReactNode;
  /** Buttons, shown on hover and focus. */
  actions?: ReactNode;
  /** Stands under the message: what failed and what to do. */
  notice?: ReactNode;
  /** Stands in place of the text while it is changed. */
  editor?: ReactNode;
  /** Stands above the text: the attached files. */
  files: ReactNode;
  renderPart: (
    part: MessageContent,
    surroundings: Pick<PartContext, 'format' | 'isStreaming'>,
  ) => ReactNode;
}

/** One message, whatever shows its parts and its files. Element: article, see `Message`. */
export function MessageFrame({
  message,
  isStreaming = false,
  delivery = 'sent',
  group = 'single',
  avatar,
  actions,
  notice,
  editor,
  files,
  renderPart,
  ...props
}: MessageFrameProps): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  const nameId = useId();
  const role: string = message.role;
  const { incomplete } = texts.message;
  const name =
    role === 'user'
      ? texts.message.user
      : role === 'assistant'
        ? texts.message.assistant
        : texts.message.unknownRole;
  const lastIndex = message.content.length - 1;
  const textFormat = role === 'user' ? 'plain' : 'markdown';
  const children = (
    <>
      <span id={nameId} data-part="hidden">
        {name}
      </span>
      {avatar !== undefined && <div data-part="message-avatar">{avatar}</div>}
      <div data-part="message-content">
        {files}
        {editor}
        {message.content.map((part, index) => (
          <Fragment key={index}>
            {(editor === undefined || part.type !== 'text') &&
              renderPart(part, {
                format: textFormat,
                isStreaming: isStreaming && index === lastIndex,
              })}
          </Fragment>
        ))}
        {isStreaming && lastIndex === -1 && <p data-part="caret" />}
        {message.status === 'incomplete' && (
          <p data-part="message-incomplete">
            {labelFor(incomplete, message.incomplete_details?.reason, incomplete.other)}
          </p>
        )}
        {notice}
      </div>
      <footer data-part="message-footer">
        {delivery === 'sent' ? (
          <time
            data-part="message-time"
            dateTime={new Date(message.created_at * 1000).toISOString()}
            title={format.dateTime(message.created_at)}
          >
            {format.time(message.created_at)}
          </time>
        ) : (
          <span data-part="message-delivery">
            {delivery === 'sending' ? texts.message.sending : texts.message.failed}
          </span>
        )}
        {!isStreaming && actions}
      </footer>
    </>
  );
  const state = { role, status: message.status, streaming: isStreaming, delivery, group };
  return createPart(
    { tag: 'article', name: 'message', state, own: { children, 'aria-labelledby': nameId } },
    props,
  );
}
