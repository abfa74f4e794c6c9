import type { ReactElement } from 'react';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { getRunExplanation } from './getRunExplanation.js';

/** Props of `RunProblem`. */
export interface RunProblemProps extends Omit<PartProps<'div'>, 'children'> {
  run: Run;
  /** Starts another run. Without it, the retry button is omitted. */
  onRetry?: (() => void) | undefined;
}

/**
 * Explains why a run failed, expired or is incomplete, with the message of the server as details. Renders nothing for
 * other statuses. Element: div.
 */
export function RunProblem({ run, onRetry, ...props }: RunProblemProps): ReactElement | null {
  const texts = useCompleteTexts();
  const explanation = getRunExplanation(run, texts.run);
  if (explanation === undefined) return null;
  // Untrusted text of the server.
  const message = run.status === 'failed' ? run.last_error?.message : undefined;
  const children = (
    <>
      <p dir="auto">{explanation}</p>
      {message !== undefined && message !== '' && (
        <details {...asPart('error-details')}>
          <summary>{texts.error.details}</summary>
          <p {...asPart('run-problem-message')} dir="auto">
            {truncate(message, 2_000)}
          </p>
        </details>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{texts.run.retry}</Button>}
    </>
  );
  return createPart({ tag: 'div', name: 'run-problem', defaultProps: { children } }, props);
}
