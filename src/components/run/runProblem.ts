import type { Run } from '../../protocol/types.js';
import type { ConversationTexts } from '../i18n/texts.js';

/** Why a run did not end well. */
export interface RunProblem {
  /** In our words. */
  reason: string;
  advice: string;
  /** In the server's words, not trusted. */
  message: string | undefined;
}

/** Why a settled run did not end well, and what to do; undefined where nothing needs explaining. */
export function runProblem(run: Run, texts: ConversationTexts): RunProblem | undefined {
  const { errorCode, incomplete, advice } = texts.run;
  switch (run.status) {
    case 'failed':
      return {
        reason: wordFor(errorCode, run.last_error?.code, errorCode.other),
        advice: advice.failed,
        message: run.last_error?.message === '' ? undefined : run.last_error?.message,
      };
    case 'incomplete':
      return { reason: wordFor(incomplete, run.incomplete_details?.reason, incomplete.other), advice: advice.incomplete, message: undefined };
    case 'expired':
      return { reason: texts.run.errorCode.expired, advice: advice.expired, message: undefined };
    default:
      return undefined;
  }
}

/** When a settled run ended, in Unix seconds; undefined where the server does not say. */
export function runEnd(run: Run): number | undefined {
  return run.completed_at ?? run.failed_at ?? run.cancelled_at ?? undefined;
}

/** The text for a word of the wire, which may be one that nobody knew when the texts were written. */
export function wordFor(texts: Readonly<Record<string, string>>, word: string | undefined, other: string): string {
  return (word !== undefined && Object.hasOwn(texts, word) ? texts[word] : undefined) ?? other;
}
