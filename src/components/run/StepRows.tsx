import { Fragment, useContext, type ReactElement, type ReactNode } from 'react';
import type { RunStep, RunStepToolCall } from '../../protocol/types.js';
import { ContentBoundary } from '../ContentBoundary.js';
import type { FileResolver } from '../file/FileResolver.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ToolDisplayContext } from '../tools/ToolDisplay.js';
import { getCallSummary, getStepSummary, type StepSummary } from './getStepSummary.js';
import { isReasoningOnly } from './isReasoningOnly.js';
import { hasNotice, StepNotice } from './StepNotice.js';
import { StepReasoning } from './StepReasoning.js';
import { ToolCallDetails } from './ToolCallDetails.js';

/** Props of `StepRows`. */
export interface StepRowsProps {
  step: RunStep;
  /** Renders a row. Its details are undefined if it has none. */
  renderRow: (summary: StepSummary, details: ReactNode) => ReactElement;
  /** Renders the details of a tool call. `details` are the default ones. */
  renderCall?: ((call: RunStepToolCall, details: ReactElement) => ReactNode) | undefined;
  resolveFile?: FileResolver | undefined;
}

/** Renders one row for each tool call of a step, or a single row for a step without calls. */
export function StepRows({ step, renderRow, renderCall, resolveFile }: StepRowsProps): ReactNode {
  const texts = useCompleteTexts();
  const tools = useContext(ToolDisplayContext);
  const details = step.step_details;
  const calls = details?.type === 'tool_calls' ? details.tool_calls : [];
  const notice = hasNotice(step) ? <StepNotice step={step} /> : undefined;
  if (isReasoningOnly(step)) return <StepReasoning step={step} />;
  const renderCallRow = (call: RunStepToolCall): ReactElement => {
    const defaultDetails = <ToolCallDetails call={call} resolveFile={resolveFile} />;
    return renderRow(
      getCallSummary(call, texts, tools),
      <>
        {notice}
        <ContentBoundary name="tool call" resetKey={call}>
          {renderCall ? () => renderCall(call, defaultDetails) : defaultDetails}
        </ContentBoundary>
      </>,
    );
  };
  return (
    <>
      <StepReasoning step={step} />
      {calls.length === 0 && renderRow(getStepSummary(step, texts), notice)}
      {calls.map((call, index) => (
        <Fragment key={`${call.id} ${index}`}>{renderCallRow(call)}</Fragment>
      ))}
    </>
  );
}
