import type { ReactElement } from 'react';
import { FeedbackButtons, type Feedback } from './FeedbackButtons.js';
import { MessageActionsFrame, type MessageActionsFrameProps } from './MessageActionsFrame.js';

/** Props of `MessageActions`: a button for each callback that is given, and children behind them. */
export interface MessageActionsProps extends MessageActionsFrameProps {
  /** Receives what the person thinks of the answer. Without it nobody is asked. */
  onFeedback?: ((feedback: Feedback) => void) | undefined;
}

/** What can be done with a message: copy it, answer it again, change it, judge it, and your own. Element: div, a group. */
export function MessageActions({
  onFeedback,
  children,
  ...props
}: MessageActionsProps): ReactElement {
  return (
    <MessageActionsFrame {...props}>
      {onFeedback !== undefined && <FeedbackButtons onFeedback={onFeedback} />}
      {children}
    </MessageActionsFrame>
  );
}
