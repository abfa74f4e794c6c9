import type { ComponentTexts } from '../i18n/ComponentTexts.js';
import { truncate } from '../truncate.js';
import type { ErrorExplanation, NoticeError } from './ErrorNoticeFrame.js';
import { getErrorReason } from './getErrorReason.js';

/** Creates the title and the advice for an error. The client itself words what a server cannot do. */
export function createExplanation(
  error: NoticeError,
  { error: { title, advice } }: Pick<ComponentTexts, 'error'>,
): ErrorExplanation {
  const reason = getErrorReason(error);
  const words = reason === 'unsupported' ? truncate(withoutOperation(error.message)) : undefined;
  return { reason, title: title[reason], advice: advice[reason] ?? words };
}

/** Removes the name of the operation, which stays in the details. */
function withoutOperation(message: string): string {
  return message.replace(/ \([^()]*\)(?=\.$)/, '');
}
