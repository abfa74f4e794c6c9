'use client';
import { useContext, type ReactElement } from 'react';
import {
  ErrorNoticeFrame,
  type ErrorExplanation,
  type ErrorNoticeProps,
} from '../../components/feedback/ErrorNoticeFrame.js';
import { LanguageContext } from '../../components/i18n/LanguageContext.js';
import { useTexts } from '../../components/i18n/useTexts.js';
import { lazyModule } from '../../core/lazyModule.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';

/** Loads the titles and the advice of errors. */
export const errorExplanation = lazyModule(
  'the explanation of errors',
  async () => (await import('./ThreadErrorNotice.lazy.js')).explainError,
);

/**
 * Error notice in a thread. Loads the explanation with the first error. Before that, and while it cannot be loaded, it says
 * that the connection is lost, that code could not be loaded, or that something went wrong. Element: div, an `ErrorNotice`.
 */
export function ThreadErrorNotice(props: ErrorNoticeProps): ReactElement | null {
  const { texts: language } = useContext(LanguageContext);
  const { value: explainError } = useLazyModule(errorExplanation, true);
  const explainBriefly = useBriefExplanation();
  const explanation = explainError?.(props.error, language) ?? explainBriefly(props.error);
  return <ErrorNoticeFrame {...props} explanation={explanation} />;
}

function useBriefExplanation(): (error: ErrorNoticeProps['error']) => ErrorExplanation {
  const { title, advice } = useTexts().error;
  return ({ kind, code }) => {
    if (kind !== 'network') return { reason: 'unknown', title: title.unknown, advice: undefined };
    const reason = code === 'not_loaded' ? 'not-loaded' : 'network';
    return { reason, title: title[reason], advice: advice[reason] };
  };
}
