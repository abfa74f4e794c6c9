import { useState, type ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ThumbsDown, ThumbsUp } from '../icons.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { IconButton } from '../IconButton.js';

/** Feedback of the user on an answer. Undefined means that the user withdrew it. */
export type FeedbackValue = 'good' | 'bad' | undefined;

/** State of `Message.Feedback`. */
export interface MessageFeedbackState {
  /** Feedback that the user has chosen. */
  feedback: FeedbackValue;
}

/** Props of `Message.Feedback`. */
export interface MessageFeedbackProps extends Omit<
  PartProps<'div', MessageFeedbackState>,
  'children'
> {
  /** Called with the new choice. Pressing the chosen button again withdraws the feedback. */
  onFeedback: (feedback: FeedbackValue) => void;
}

/** Buttons that rate an answer, for `Message.Actions`. Element: div. `data-feedback`. */
export function MessageFeedback({
  onFeedback,
  ...props
}: MessageFeedbackProps): ReactElement | null {
  const texts = useCompleteTexts();
  const [feedback, setFeedback] = useState<FeedbackValue>();
  const choose = (chosen: FeedbackValue): void => {
    const next = chosen === feedback ? undefined : chosen;
    setFeedback(next);
    onFeedback(next);
  };
  const children = (
    <>
      <IconButton
        label={texts.message.goodAnswer}
        aria-pressed={feedback === 'good'}
        onClick={() => choose('good')}
      >
        <ThumbsUp />
      </IconButton>
      <IconButton
        label={texts.message.badAnswer}
        aria-pressed={feedback === 'bad'}
        onClick={() => choose('bad')}
      >
        <ThumbsDown />
      </IconButton>
    </>
  );
  return createPart(
    { tag: 'div', name: 'message-feedback', state: { feedback }, defaultProps: { children } },
    props,
  );
}
