import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { useFormat } from '../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { ChevronRight } from '../../components/icons.lazy.js';
import { RunStatus } from '../../components/run/RunStatus.js';
import { formatDuration } from '../../components/run/timeline/formatDuration.js';
import { RunTimeline } from '../../components/run/timeline/RunTimeline.js';
import { TokenBar } from '../../components/run/timeline/TokenUsage.js';
import { getShownTool, type ToolDisplay } from '../../components/tools/ToolDisplay.js';
import { truncate } from '../../components/truncate.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { getRunEnd } from '../../protocol/endTimes.js';
import { isSettled } from '../../protocol/runStatus.js';
import { getRequiredCalls } from '../../protocol/requiredAction.js';
import type { Run } from '../../protocol/types.js';
import { createRunCommand } from './createRunCommand.js';
import { RunEvents } from './RunEvents.js';
import { useInspectedSteps } from './useInspectedSteps.js';
import { asPart } from '../../components/part.js';

/** Props of `InspectedRun`. */
interface InspectedRunProps {
  run: Run;
  tools: readonly ToolDisplay[] | undefined;
  /** Text that the run answers. Undefined if it is not loaded. */
  question: string | undefined;
  isInitiallyOpen: boolean;
  canCompare: boolean;
  isCompared: boolean;
  onCompare: (isCompared: boolean) => void;
  /** More buttons. */
  actions: ReactNode;
}

/** One run of `RunInspector`. Element: article. `data-status`. */
export function InspectedRun({
  run,
  question,
  isInitiallyOpen,
  ...rest
}: InspectedRunProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(isInitiallyOpen);
  const end = getRunEnd(run);
  return (
    <article {...asPart('inspected-run')} data-status={run.status} aria-label={run.id}>
      <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <ChevronRight size={14} />
          <span {...asPart('run-status-mark')} aria-hidden />
          <span {...asPart('hidden')}>
            {texts.run.status[run.status] ?? texts.run.status.unknown}
          </span>
          <bdi {...asPart('run-question')}>
            {question === undefined ? format.dateTime(run.created_at) : truncate(question, 120)}
          </bdi>
          <span {...asPart('run-facts')} translate="no">
            {isSettled(run.status) && typeof end === 'number' && (
              <bdi>{formatDuration(end - run.created_at, format)}</bdi>
            )}
            {question !== undefined && <bdi>{format.time(run.created_at)}</bdi>}
          </span>
        </summary>
        {isOpen && <RunDetails run={run} {...rest} />}
      </details>
    </article>
  );
}

function RunDetails({
  run,
  tools,
  canCompare,
  isCompared,
  onCompare,
  actions,
}: Omit<InspectedRunProps, 'question' | 'isInitiallyOpen'>): ReactElement {
  const texts = useCompleteTexts();
  const client = useAssistantsClient();
  const steps = useInspectedSteps(run);
  return (
    <div {...asPart('run-details')}>
      {run.status !== 'completed' && (
        <RunStatus run={run} waitsFor={getWaitingTitles(run, tools)} />
      )}
      <RunTimeline run={run} steps={steps} tools={tools} />
      <TokenBar run={run} />
      <div {...asPart('run-actions')}>
        <CopyButton
          text={createRunCommand(client, run)}
          label={texts.run.copyCommand}
          hasWord={texts.run.copyCommand}
          variant="quiet"
        />
        {canCompare && (
          <Button variant="quiet" aria-pressed={isCompared} onClick={() => onCompare(!isCompared)}>
            {texts.run.compare}
          </Button>
        )}
        {actions}
      </div>
      <RunEvents run={run} />
      <details {...asPart('raw')}>
        <summary>{texts.run.raw}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard. */}
        <pre dir="ltr" tabIndex={0}>
          {JSON.stringify(run, null, 2)}
        </pre>
      </details>
    </div>
  );
}

function getWaitingTitles(run: Run, tools: readonly ToolDisplay[] = []): string[] {
  return getRequiredCalls(run).map((call) => getShownTool(tools, call.function.name).title);
}
