import type { ReactElement, ReactNode } from 'react';
import type { RunStep, RunStepToolCall } from '../../protocol/types.js';
import { ContentBoundary } from '../ContentBoundary.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ChevronRight } from '../icons.lazy.js';
import type { FileResolver } from '../file/FileResolver.js';
import { createPart, type PartProps } from '../part.js';
import { useNow } from '../useNow.js';
import { ToolDisplayContext, type ToolDisplay } from '../tools/ToolDisplay.js';
import { StepRow } from './StepRow.js';
import { StepRows } from './StepRows.js';

/** Props of `RunSteps`. */
export interface RunStepsProps extends Omit<PartProps<'details'>, 'children'> {
  /** Oldest first. */
  steps: readonly RunStep[];
  /** Titles and icons of the tools, such as those of `defineTool`. @default the names of the functions */
  tools?: readonly ToolDisplay[] | undefined;
  /** Renders the details of a tool call: its arguments and its result. `details` are the default ones. */
  renderCall?: ((call: RunStepToolCall, details: ReactElement) => ReactNode) | undefined;
  /** Looks up names and image URLs of files in the steps. */
  resolveFile?: FileResolver | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
}

const NO_TOOLS: readonly ToolDisplay[] = [];

/**
 * Collapsible list of what a run did: one row per step or tool call, with arguments, code and results. Renders nothing
 * without steps. Element: details.
 */
export function RunSteps({
  steps,
  tools = NO_TOOLS,
  renderCall,
  resolveFile,
  now: nowProp,
  ...props
}: RunStepsProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const now = useNow(
    steps.some((step) => step.status === 'in_progress'),
    nowProp,
  );
  if (steps.length === 0) return null;
  const children = (
    <ToolDisplayContext value={tools}>
      <summary>
        <ChevronRight />
        <bdi>{texts.steps.count(format.number(steps.length), steps.length)}</bdi>
      </summary>
      <ol aria-label={texts.steps.title}>
        {steps.map((step) => (
          <ContentBoundary key={step.id} tag="li" name="run step" resetKey={step}>
            <StepRows
              step={step}
              renderCall={renderCall}
              resolveFile={resolveFile}
              renderRow={(summary, details) => (
                <StepRow step={step} now={now} {...summary} details={details} />
              )}
            />
          </ContentBoundary>
        ))}
      </ol>
    </ToolDisplayContext>
  );
  return createPart({ tag: 'details', name: 'run-steps', defaultProps: { children } }, props);
}
