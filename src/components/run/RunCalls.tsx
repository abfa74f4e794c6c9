import type { ReactElement } from 'react';
import type { RunStep } from '../../protocol/types.js';
import { ContentBoundary } from '../ContentBoundary.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { useNow } from '../useNow.js';
import { ToolDisplayContext, type ToolDisplay } from '../tools/ToolDisplay.js';
import { StepRow } from './StepRow.js';
import { StepRows, type StepRowsProps } from './StepRows.js';
import { asPart } from '../part.js';

/** Props of `RunCalls`. */
export interface RunCallsProps extends Pick<StepRowsProps, 'renderCall' | 'resolveFile'> {
  /** Steps with tool calls, oldest first. */
  steps: readonly RunStep[];
  /** Titles and icons of the tools. @default the names of the functions */
  tools?: readonly ToolDisplay[] | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
}

const NO_TOOLS: readonly ToolDisplay[] = [];

/** Tool calls of a run, one line each, where they happened. Element: ol. */
export function RunCalls({
  steps,
  tools = NO_TOOLS,
  now: nowProp,
  ...rows
}: RunCallsProps): ReactElement | null {
  const texts = useCompleteTexts();
  const isActive = steps.some(({ status }) => status === 'in_progress');
  const now = useNow(isActive, nowProp);
  if (steps.length === 0) return null;
  return (
    <ToolDisplayContext value={tools}>
      <ol {...asPart('run-calls')} aria-label={texts.steps.title}>
        {steps.map((step) => (
          <ContentBoundary key={step.id} tag="li" name="run step" resetKey={step}>
            <StepRows
              step={step}
              {...rows}
              renderRow={(summary, details) => (
                <StepRow step={step} now={now} {...summary} details={details} />
              )}
            />
          </ContentBoundary>
        ))}
      </ol>
    </ToolDisplayContext>
  );
}
