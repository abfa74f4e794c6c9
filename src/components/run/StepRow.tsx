import type { ReactElement, ReactNode } from 'react';
import type { RunStep } from '../../protocol/types.js';
import { labelFor } from '../i18n/labelFor.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ChevronRight } from '../icons.lazy.js';
import { truncate } from '../truncate.js';
import type { StepSummary } from './getStepSummary.js';

/** Props of `StepRow`. */
export interface StepRowProps extends StepSummary {
  step: RunStep;
  /** In Unix seconds. Undefined while the page has no time. */
  now: number | undefined;
  /** Details, shown when the row is expanded. */
  children?: ReactNode;
}

/** Row of `RunSteps`: name, duration, status, error and details. Element: li. `data-status`: that of the step, or `denied` or `failed` for a
 * call whose output is an error. `data-type`. */
export function StepRow({
  step,
  now,
  icon,
  name,
  detail,
  outcome,
  children,
}: StepRowProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const end = getStepEnd(step, now);
  const line = (
    <>
      {icon}
      <bdi data-part="step-name">{name}</bdi>
      {detail !== undefined && detail !== '' && <bdi data-part="step-detail">{detail}</bdi>}
      {end !== undefined && (
        <bdi data-part="step-time" translate="no">
          {format.duration(end - step.created_at)}
        </bdi>
      )}
      <span data-part="step-status" translate="no">
        {outcome === undefined
          ? labelFor(texts.steps.status, step.status, texts.steps.status.unknown)
          : texts.tools.state[outcome]}
      </span>
    </>
  );
  return (
    <li data-part="step" data-status={outcome ?? step.status} data-type={step.type}>
      {children === undefined ? (
        <div data-part="step-line">{line}</div>
      ) : (
        <details>
          <summary data-part="step-line">
            {line}
            <ChevronRight size={14} />
          </summary>
          <div data-part="step-details">{children}</div>
        </details>
      )}
      {step.last_error !== null && step.last_error !== undefined && (
        <p data-part="step-error" dir="auto">
          {truncate(step.last_error.message, 2_000)}
        </p>
      )}
    </li>
  );
}

/** Returns the end of a step in Unix seconds, or undefined if the server does not report it. */
function getStepEnd(step: RunStep, now: number | undefined): number | undefined {
  const end = step.completed_at ?? step.failed_at ?? step.cancelled_at ?? step.expired_at;
  return end ?? (step.status === 'in_progress' ? now : undefined);
}
