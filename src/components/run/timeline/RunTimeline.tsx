import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { isSettled } from '../../../protocol/runStatus.js';
import type { Run, RunStep } from '../../../protocol/types.js';
import { ContentBoundary } from '../../ContentBoundary.js';
import type { FileResolver } from '../../file/FileResolver.js';
import type { TextFormat } from '../../i18n/createFormat.js';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../part.js';
import { ToolDisplayContext, type ToolDisplay } from '../../tools/ToolDisplay.js';
import { useNow } from '../../useNow.js';
import { StepRows } from '../StepRows.js';
import { getRunTimeline, getTickSeconds, sumPhases, type TimelineSpan } from './getRunTimeline.js';
import { TimelineBar, toPercent } from './TimelineBar.js';
import { TimelineRow } from './TimelineRow.js';

/** Props of `RunTimeline`. */
export interface RunTimelineProps extends Omit<PartProps<'div'>, 'children'> {
  run: Run;
  /** Oldest first. */
  steps: readonly RunStep[];
  /** Titles and icons of the tools, such as those of `defineTool`. @default the names of the functions */
  tools?: readonly ToolDisplay[] | undefined;
  /** Looks up names and image URLs of files in the steps. */
  resolveFile?: FileResolver | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
  /** Length of the time axis in seconds, to show two runs in the same scale. @default the duration of the run */
  scale?: number | undefined;
}

const NO_TOOLS: readonly ToolDisplay[] = [];

/**
 * Waterfall of a run on a time axis: how long it was queued, worked and waited for the results of functions, and when each step
 * and tool call took place, with its arguments and result. Element: div.
 *
 * @example
 * ```tsx
 * import { RunTimeline, useRun, useRunSteps } from 'assistants-react';
 *
 * export function Timeline({ threadId, runId }: { threadId: string; runId: string }) {
 *   const { data: run } = useRun({ threadId, runId });
 *   const { data: steps = [] } = useRunSteps({ threadId, runId, query: { order: 'asc' } });
 *   return run ? <RunTimeline run={run} steps={steps} /> : null;
 * }
 * ```
 */
export function RunTimeline({
  run,
  steps,
  tools = NO_TOOLS,
  resolveFile,
  now: nowProp,
  scale,
  ...props
}: RunTimelineProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const now = useNow(!isSettled(run.status), nowProp);
  const timeline = getRunTimeline(run, steps, now);
  // The times of the API are whole seconds: a run may seem to take none.
  const length = Math.max(1, scale ?? timeline.duration);
  const tickSeconds = getTickSeconds(length);
  const children = (
    <ToolDisplayContext value={tools}>
      <Legend spans={timeline.spans} />
      {timeline.spans.length > 0 && (
        <span {...asPart('timeline-track')} aria-hidden>
          {timeline.spans.map((span) => (
            <TimelineBar key={span.start} {...span} length={length} />
          ))}
        </span>
      )}
      {timeline.steps.length > 0 && (
        <ol {...asPart('timeline-steps')} aria-label={texts.steps.title}>
          {timeline.steps.map((entry) => (
            <ContentBoundary key={entry.step.id} tag="li" name="run step" resetKey={entry.step}>
              <StepRows
                step={entry.step}
                resolveFile={resolveFile}
                renderRow={(summary, details) => (
                  <TimelineRow {...entry} {...summary} length={length} details={details} />
                )}
              />
            </ContentBoundary>
          ))}
        </ol>
      )}
      <div {...asPart('timeline-axis')} aria-hidden>
        {renderTicks(length, tickSeconds, format)}
      </div>
    </ToolDisplayContext>
  );
  const style = { '--tick': toPercent(tickSeconds / length) } as CSSProperties;
  return createPart({ tag: 'div', name: 'run-timeline', defaultProps: { children, style } }, props);
}

/** Names the phases and their durations. Element: ul. */
function Legend({ spans }: { spans: readonly TimelineSpan[] }): ReactElement | null {
  const { phases } = useCompleteTexts().run;
  const format = useFormat();
  const sums = [...sumPhases(spans)];
  if (sums.length === 0) return null;
  return (
    <ul {...asPart('timeline-legend')}>
      {sums.map(([phase, seconds]) => (
        <li key={phase} data-phase={phase}>
          {phases[phase]} <bdi translate="no">{format.duration(seconds)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function renderTicks(length: number, tickSeconds: number, format: TextFormat): ReactNode[] {
  const count = Math.floor(length / tickSeconds);
  return Array.from({ length: count + 1 }, (_, index) => {
    const position = (index * tickSeconds) / length;
    const style = { '--start': toPercent(position) } as CSSProperties;
    return (
      // A text in the middle of the last mark would be cut off.
      <span key={index} style={style} data-edge={position > 0.9 ? '' : undefined}>
        <bdi>{format.duration(index * tickSeconds)}</bdi>
      </span>
    );
  });
}
