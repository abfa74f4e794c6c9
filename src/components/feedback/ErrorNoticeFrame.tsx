import type { ReactElement } from 'react';
import { Button } from '../Button.js';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/useTexts.js';
import { CircleAlert } from '../icons.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import type { ErrorClassification, ErrorReason } from './getErrorReason.js';

/** Error that `ErrorNotice` shows. Every `AssistantsError` has these fields. */
export interface NoticeError extends ErrorClassification {
  /** Message of the server or the client. Untrusted: shown as plain text in the details. */
  message: string;
  /** Title that replaces the default title and advice for the reason. */
  title?: string | undefined;
  requestId?: string | null | undefined;
}

/** State of `ErrorNotice`. */
export interface ErrorNoticeState {
  kind: string | undefined;
  /** Reason that selects title and advice, for example `rate-limit`. */
  reason: ErrorReason;
}

/** Props of `ErrorNotice`. */
export interface ErrorNoticeProps extends Omit<PartProps<'div', ErrorNoticeState>, 'children'> {
  error: NoticeError;
  /** Tries again. Without it, the retry button is omitted. */
  onRetry?: (() => void) | undefined;
  /** Label of the retry button. @default "Try again" in the language of the tree */
  retryLabel?: string | undefined;
  /** Dismisses the notice. Without it, the dismiss button is omitted. */
  onDismiss?: (() => void) | undefined;
}

/** Explanation of an error for the user. */
export interface ErrorExplanation {
  reason: ErrorReason;
  title: string;
  advice: string | undefined;
}

interface ErrorNoticeFrameProps extends ErrorNoticeProps {
  explanation: ErrorExplanation;
}

/** `ErrorNotice` with a given explanation. Element: div, an alert. Data attributes: `data-kind`, `data-reason`. */
export function ErrorNoticeFrame({
  error,
  explanation: { reason, title, advice },
  onRetry,
  retryLabel,
  onDismiss,
  ...props
}: ErrorNoticeFrameProps): ReactElement | null {
  const texts = useTexts();
  const children = (
    <>
      <CircleAlert size={18} />
      <div {...asPart('error-content')}>
        <div {...asPart('error-body')}>
          <p {...asPart('error-title')} dir="auto">
            {error.title === undefined ? title : truncate(error.title)}
          </p>
          {error.title === undefined && advice !== undefined && <p>{advice}</p>}
          <ErrorDetails error={error} />
        </div>
        {(onRetry !== undefined || onDismiss !== undefined) && (
          <div {...asPart('buttons')}>
            {onRetry !== undefined && (
              <Button onClick={onRetry}>{retryLabel ?? texts.error.retry}</Button>
            )}
            {onDismiss !== undefined && (
              <Button variant="quiet" onClick={onDismiss}>
                {texts.error.dismiss}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'error-notice',
      state: { kind: error.kind, reason },
      defaultProps: { children, role: 'alert' },
    },
    props,
  );
}

function ErrorDetails({
  error: { message, requestId },
}: Pick<ErrorNoticeProps, 'error'>): ReactElement | null {
  const texts = useTexts();
  const hasRequestId = requestId !== undefined && requestId !== null && requestId !== '';
  if (message === '' && !hasRequestId) return null;
  return (
    <details {...asPart('error-details')}>
      <summary>{texts.error.details}</summary>
      {message !== '' && (
        <p {...asPart('error-message')} dir="auto">
          {truncate(message, 2_000)}
        </p>
      )}
      {hasRequestId && (
        <p {...asPart('request-id')}>
          {texts.error.requestId} <code>{truncate(requestId)}</code>
          <CopyButton text={requestId} label={texts.error.copyRequestId} />
        </p>
      )}
    </details>
  );
}
