import { useContext, type ReactElement, type ReactNode } from 'react';
import type { RunStep, RunStepToolCall } from '../../protocol/types.js';
import { ContentBoundary } from '../ContentBoundary.js';
import type { FileResolver } from '../file/FileResolver.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ToolDisplayContext } from '../tools/ToolDisplay.js';
import { getCallSummary, getStepSummary } from './getStepSummary.js';
import { isReasoningOnly } from './isReasoningOnly.js';
import { hasNotice, StepNotice } from './StepNotice.js';
import { StepReasoning } from './StepReasoning.js';
import { StepRow } from './StepRow.js';
import { ToolCallDetails } from './ToolCallDetails.js';

/** Props of `StepRows`. */
export interface StepRowsProps {
  step: RunStep;
  /** In Unix seconds. Undefined while the page has no time. */
  now: number | undefined;
  /** Renders the details of a tool call. `details` are the default ones. */
  renderCall?: ((call: RunStepToolCall, details: ReactElement) => ReactNode) | undefined;
  resolveFile?: FileResolver | undefined;
}

/** Renders one row for each tool call of a step, or a single row for a step without calls. */
export function StepRows({ step, now, renderCall, resolveFile }: StepRowsProps): ReactNode {
  const texts = useCompleteTexts();
  const tools = useContext(ToolDisplayContext);
  const details = step.step_details;
  const calls = details?.type === 'tool_calls' ? details.tool_calls : [];
  const notice = hasNotice(step) ? <StepNotice step={step} /> : undefined;
  if (isReasoningOnly(step)) return <StepReasoning step={step} />;
  if (calls.length === 0)
    return (
      <>
        <StepReasoning step={step} />
        <StepRow step={step} now={now} {...getStepSummary(step, texts)}>
          {notice}
        </StepRow>
      </>
    );
  const rows = calls.map((call, index) => {
    const defaultDetails = <ToolCallDetails call={call} resolveFile={resolveFile} />;
    return (
      <StepRow
        key={`${call.id} ${index}`}
        step={step}
        now={now}
        {...getCallSummary(call, texts, tools)}
      >
        {notice}
        <ContentBoundary name="tool call" resetKey={call}>
          {renderCall ? () => renderCall(call, defaultDetails) : defaultDetails}
        </ContentBoundary>
      </StepRow>
    );
  });
  return (
    <>
      <StepReasoning step={step} />
      {rows}
    </>
  );
}
