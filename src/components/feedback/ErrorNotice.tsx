import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createExplanation } from './createExplanation.js';
import { ErrorNoticeFrame, type ErrorNoticeProps } from './ErrorNoticeFrame.js';

/**
 * Notice that explains an error and offers to try again. Element: div, an alert.
 * Data attributes: `data-kind`, `data-reason`.
 */
export function ErrorNotice(props: ErrorNoticeProps): ReactElement | null {
  const texts = useCompleteTexts();
  return <ErrorNoticeFrame {...props} explanation={createExplanation(props.error, texts)} />;
}
