import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ErrorNoticeFrame, type ErrorNoticeProps } from './ErrorNoticeFrame.js';
import { getErrorReason } from './getErrorReason.js';

/**
 * Notice that explains an error and offers to try again. Element: div, an alert.
 * Data attributes: `data-kind`, `data-reason`.
 */
export function ErrorNotice(props: ErrorNoticeProps): ReactElement | null {
  const { title, advice } = useCompleteTexts().error;
  const reason = getErrorReason(props.error);
  const explanation = { reason, title: title[reason], advice: advice[reason] };
  return <ErrorNoticeFrame {...props} explanation={explanation} />;
}
