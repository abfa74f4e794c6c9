import type { ReactElement, ReactNode } from 'react';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { ChevronRight } from '../../icons.lazy.js';
import { getStatusText, type StepSummary } from '../getStepSummary.js';
import { StepItem } from '../StepItem.js';
import { formatDuration } from './formatDuration.js';
import type { TimelineStep } from './getRunTimeline.js';
import { TimelineBar } from './TimelineBar.js';
import { asPart } from '../../part.js';

/** Props of `TimelineRow`. */
interface TimelineRowProps extends TimelineStep, StepSummary {
  /** Length of the axis in seconds. */
  length: number;
  details: ReactNode;
}

/** Row of `RunTimeline`: name, bar and duration of a step or a call. Element: li. */
export function TimelineRow({ step, details, length, ...row }: TimelineRowProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { icon, name, detail, outcome, phase, start, end } = row;
  const isCompleted = (outcome ?? step.status) === 'completed';
  const line = (
    <>
      <span {...asPart('timeline-name')}>
        {icon}
        <bdi>{name}</bdi>
        {detail !== undefined && detail !== '' && <bdi {...asPart('step-detail')}>{detail}</bdi>}
        {details !== undefined && <ChevronRight size={14} />}
      </span>
      <span {...asPart('timeline-track')} aria-hidden>
        <TimelineBar phase={phase} start={start} end={end} length={length} />
      </span>
      <span {...asPart('timeline-time')} translate="no">
        <span {...asPart(isCompleted ? 'hidden' : 'step-status')}>
          {getStatusText(step, outcome, texts)}
        </span>{' '}
        <bdi>{formatDuration(end - start, format)}</bdi>
      </span>
    </>
  );
  const parts = { part: 'timeline-step', linePart: 'timeline-line' } as const;
  return <StepItem {...parts} {...{ step, outcome, line, details }} />;
}
