import { ThumbsDown, ThumbsUp } from '../icons.lazy.js';
import { useState, type ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { ActionButton } from './ActionButton.js';

/** What a person thinks of an answer; undefined when they take it back. */
export type Feedback = 'good' | 'bad' | undefined;

/** Props of `FeedbackButtons`. */
export interface FeedbackButtonsProps {
  onFeedback: (feedback: Feedback) => void;
}

/** Judges an answer. Element: two buttons. */
export function FeedbackButtons({ onFeedback }: FeedbackButtonsProps): ReactElement {
  const texts = useTexts();
  const [given, setGiven] = useState<Feedback>();
  const give = (feedback: Feedback): void => {
    const next = feedback === given ? undefined : feedback;
    setGiven(next);
    onFeedback(next);
  };
  return (
    <>
      <ActionButton
        label={texts.message.goodAnswer}
        icon={ThumbsUp}
        aria-pressed={given === 'good'}
        onClick={() => give('good')}
      />
      <ActionButton
        label={texts.message.badAnswer}
        icon={ThumbsDown}
        aria-pressed={given === 'bad'}
        onClick={() => give('bad')}
      />
    </>
  );
}
