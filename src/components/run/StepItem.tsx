import type { ReactElement, ReactNode } from 'react';
import type { RunStep } from '../../protocol/types.js';
import { truncate } from '../truncate.js';
import type { StepSummary } from './getStepSummary.js';
import { asPart } from '../part.js';

/** Props of `StepItem`. */
interface StepItemProps extends Pick<StepSummary, 'outcome'> {
  /** Value of `data-part` of the row and of its line. */
  part: 'step' | 'timeline-step';
  linePart: 'step-line' | 'timeline-line';
  step: RunStep;
  line: ReactNode;
  /** Unfolded by the line. Undefined if there is nothing to unfold. */
  details: ReactNode;
}

/**
 * Row of a step or of one of its calls: a line, its details and the error of the step. Element: li. `data-status`: that of the
 * step, or `denied` or `failed` for a call whose output is an error. `data-type`.
 */
export function StepItem(props: StepItemProps): ReactElement {
  const { part, linePart, step, outcome, line, details } = props;
  return (
    <li {...asPart(part)} data-status={outcome ?? step.status} data-type={step.type}>
      {details === undefined ? (
        <div {...asPart(linePart)}>{line}</div>
      ) : (
        <details>
          <summary {...asPart(linePart)}>{line}</summary>
          <div {...asPart('step-details')}>{details}</div>
        </details>
      )}
      {step.last_error !== null && step.last_error !== undefined && (
        <p {...asPart('step-error')} dir="auto">
          {truncate(step.last_error.message, 2_000)}
        </p>
      )}
    </li>
  );
}
