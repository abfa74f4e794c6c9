import type { ReactElement } from 'react';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import type { ComponentTexts } from '../i18n/texts.js';
import { useTexts } from '../i18n/useTexts.js';
import { labelFor } from '../i18n/labelFor.js';
import { truncate } from '../truncate.js';

/** Props of `RunProblem`. */
export interface RunProblemProps {
  run: Run;
  /** Starts another run. Without it there is no button. */
  onRetry?: (() => void) | undefined;
}

/** Why a run did not end well, and what to do, in our words; and what the server says. Nothing where that needs no words. Element: div. */
export function RunProblem({ run, onRetry }: RunProblemProps): ReactElement | null {
  const texts = useTexts();
  const reason = reasonOf(run, texts.run);
  if (reason === undefined) return null;
  // Not trusted.
  const message = run.status === 'failed' ? run.last_error?.message : undefined;
  return (
    <div data-part="run-problem">
      <p dir="auto">{reason}</p>
      {message !== undefined && message !== '' && (
        <p data-part="run-problem-message" dir="auto">
          {truncate(message, 2_000)}
        </p>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{texts.run.retry}</Button>}
    </div>
  );
}

function reasonOf(
  run: Run,
  { errorCode, incomplete, advice }: ComponentTexts['run'],
): string | undefined {
  switch (run.status) {
    case 'failed':
      return `${labelFor(errorCode, run.last_error?.code, errorCode.other)} ${advice.failed}`;
    case 'incomplete':
      return `${labelFor(incomplete, run.incomplete_details?.reason, incomplete.other)} ${advice.incomplete}`;
    case 'expired':
      return `${errorCode.expired} ${advice.expired}`;
    default:
      return undefined;
  }
}
