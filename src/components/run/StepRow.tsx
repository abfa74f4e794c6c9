import type { ReactElement, ReactNode } from 'react';
import { getStepEnd } from '../../protocol/endTimes.js';
import type { RunStep } from '../../protocol/types.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ChevronRight } from '../icons.lazy.js';
import { getStatusText, type StepSummary } from './getStepSummary.js';
import { StepItem } from './StepItem.js';
import { asPart } from '../part.js';

/** Props of `StepRow`. */
interface StepRowProps extends StepSummary {
  step: RunStep;
  /** In Unix seconds. Undefined while the page has no time. */
  now: number | undefined;
  details: ReactNode;
}

/** Row of `RunSteps` and `RunCalls`: name, duration and status. Element: li. */
export function StepRow({ step, now, details, ...summary }: StepRowProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { icon, name, detail, outcome } = summary;
  const end = getStepEnd(step) ?? (step.status === 'in_progress' ? now : undefined);
  const line = (
    <>
      {icon}
      <bdi {...asPart('step-name')}>{name}</bdi>
      {detail !== undefined && detail !== '' && <bdi {...asPart('step-detail')}>{detail}</bdi>}
      {end !== undefined && (
        <bdi {...asPart('step-time')} translate="no">
          {format.duration(end - step.created_at)}
        </bdi>
      )}
      <span {...asPart('step-status')} translate="no">
        {getStatusText(step, outcome, texts)}
      </span>
      {details !== undefined && <ChevronRight size={14} />}
    </>
  );
  return <StepItem part="step" linePart="step-line" {...{ step, outcome, line, details }} />;
}
