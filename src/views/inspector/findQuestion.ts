import { getRawMessageText } from '../../protocol/getRawMessageText.js';
import type { Message, Run } from '../../protocol/types.js';

/**
 * Returns the text of the message that a run answers: the newest one of the user that is not newer than the run. Undefined if
 * it is not among the messages.
 */
export function findQuestion(run: Run, messages: readonly Message[]): string | undefined {
  let question: Message | undefined;
  for (const message of messages)
    if (
      message.role === 'user' &&
      message.created_at <= run.created_at &&
      message.created_at >= (question?.created_at ?? 0)
    )
      question = message;
  const text = question && getRawMessageText(question).trim();
  return text === '' ? undefined : text;
}
