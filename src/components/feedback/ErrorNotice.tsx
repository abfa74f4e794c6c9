import { CircleAlert } from '../icons.js';
import type { ReactElement } from 'react';
import { Button } from '../Button.js';
import { CopyButton } from '../CopyButton.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { errorReason } from './errorReason.js';

/** What a notice needs to know of an error; every `AssistantsError` has it. */
export interface NoticeError {
  /** In the words of the server or the client, not trusted; shown small, below our own. */
  message: string;
  /** In place of our words for the kind. */
  title?: string | undefined;
  kind?: string | undefined;
  code?: string | null | undefined;
  /** HTTP status. */
  status?: number | undefined;
  requestId?: string | null | undefined;
}

/** Props of `ErrorNotice`. */
export interface ErrorNoticeProps extends Omit<PartProps<'div'>, 'children'> {
  /** What went wrong; its kind and status choose the words. */
  error: NoticeError;
  /** The one action that helps. Without it there is no button. */
  onRetry?: (() => void) | undefined;
  /** Name of the action. @default "Try again" in the language of the tree */
  retryLabel?: string | undefined;
  /** Without it there is no button to dismiss. */
  onDismiss?: (() => void) | undefined;
}

/** What failed and what to do, beside what failed. Element: div, an alert. `data-kind`, `data-reason`. */
export function ErrorNotice({
  error,
  onRetry,
  retryLabel,
  onDismiss,
  ...props
}: ErrorNoticeProps): ReactElement | null {
  const texts = useConversationTexts();
  const reason = errorReason(error);
  const { requestId } = error;
  const hasRequestId = requestId !== undefined && requestId !== null && requestId !== '';
  const children = (
    <>
      <CircleAlert size={18} />
      <div data-part="error-body">
        <p data-part="error-title" dir="auto">
          {error.title === undefined ? texts.error.title[reason] : truncate(error.title)}
        </p>
        <p>{texts.error.advice[reason]}</p>
        {(error.message !== '' || hasRequestId) && (
          <details data-part="error-details">
            <summary>{texts.error.details}</summary>
            {error.message !== '' && (
              <p data-part="error-message" dir="auto">
                {truncate(error.message, 2_000)}
              </p>
            )}
            {hasRequestId && (
              <p data-part="request-id">
                {texts.error.requestId} <code>{truncate(requestId)}</code>
                <CopyButton text={requestId} label={texts.error.copyRequestId} />
              </p>
            )}
          </details>
        )}
      </div>
      {(onRetry !== undefined || onDismiss !== undefined) && (
        <div data-part="buttons">
          {onDismiss !== undefined && (
            <Button variant="quiet" onClick={onDismiss}>
              {texts.error.dismiss}
            </Button>
          )}
          {onRetry !== undefined && (
            <Button onClick={onRetry}>{retryLabel ?? texts.error.retry}</Button>
          )}
        </div>
      )}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'error-notice',
      state: { kind: error.kind, reason },
      own: { children, role: 'alert' },
    },
    props,
  );
}
