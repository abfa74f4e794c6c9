import { useContext, type ReactElement, type ReactNode } from 'react';
import { ContentBoundary } from '../../ContentBoundary.js';
import type { FileResolver } from '../../file/FileResolver.js';
import { labelFor } from '../../i18n/labelFor.js';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { ChevronRight } from '../../icons.lazy.js';
import { ToolDisplayContext } from '../../tools/ToolDisplay.js';
import { truncate } from '../../truncate.js';
import { getCallSummary, getStepSummary, type StepSummary } from '../getStepSummary.js';
import { isReasoningOnly } from '../isReasoningOnly.js';
import { hasNotice, StepNotice } from '../StepNotice.js';
import { StepReasoning } from '../StepReasoning.js';
import { ToolCallDetails } from '../ToolCallDetails.js';
import type { TimelineStep } from './getRunTimeline.js';
import { formatDuration } from './formatDuration.js';
import { TimelineBar } from './TimelineBar.js';

/** Props of `TimelineRows`. */
interface TimelineRowsProps extends TimelineStep {
  /** Length of the axis in seconds. */
  length: number;
  resolveFile: FileResolver | undefined;
}

/** Renders one row for each tool call of a step, or a single row for a step without calls. */
export function TimelineRows({ resolveFile, ...entry }: TimelineRowsProps): ReactNode {
  const texts = useCompleteTexts();
  const tools = useContext(ToolDisplayContext);
  const { step } = entry;
  const details = step.step_details;
  const calls = details?.type === 'tool_calls' ? details.tool_calls : [];
  const notice = hasNotice(step) ? <StepNotice step={step} /> : undefined;
  if (isReasoningOnly(step)) return <StepReasoning step={step} />;
  const rows =
    calls.length === 0 ? (
      <TimelineRow {...entry} {...getStepSummary(step, texts)}>
        {notice}
      </TimelineRow>
    ) : (
      calls.map((call, index) => (
        <TimelineRow key={`${call.id} ${index}`} {...entry} {...getCallSummary(call, texts, tools)}>
          {notice}
          <ContentBoundary name="tool call" resetKey={call}>
            <ToolCallDetails call={call} resolveFile={resolveFile} />
          </ContentBoundary>
        </TimelineRow>
      ))
    );
  return (
    <>
      <StepReasoning step={step} />
      {rows}
    </>
  );
}

interface TimelineRowProps extends Omit<TimelineRowsProps, 'resolveFile'>, StepSummary {
  /** Details, shown when the row is expanded. */
  children?: ReactNode;
}

/** Name, bar and duration of a step or a call. Element: li. `data-status`. */
function TimelineRow({
  icon,
  name,
  detail,
  outcome,
  children,
  step,
  phase,
  start,
  end,
  length,
}: TimelineRowProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const status = outcome ?? step.status;
  const line = (
    <>
      <span data-part="timeline-name">
        {icon}
        <bdi>{name}</bdi>
        {detail !== undefined && detail !== '' && <bdi data-part="step-detail">{detail}</bdi>}
        {children !== undefined && <ChevronRight size={14} />}
      </span>
      <span data-part="timeline-track" aria-hidden>
        <TimelineBar phase={phase} start={start} end={end} length={length} />
      </span>
      <span data-part="timeline-time" translate="no">
        <span data-part={status === 'completed' ? 'hidden' : 'step-status'}>
          {outcome === undefined
            ? labelFor(texts.steps.status, step.status, texts.steps.status.unknown)
            : texts.tools.state[outcome]}
        </span>{' '}
        <bdi>{formatDuration(end - start, format)}</bdi>
      </span>
    </>
  );
  return (
    <li data-part="timeline-step" data-status={status}>
      {children === undefined ? (
        <div data-part="timeline-line">{line}</div>
      ) : (
        <details>
          <summary data-part="timeline-line">{line}</summary>
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
