import type { ReactElement, ReactNode } from 'react';
import { getRequiredCalls } from '../../protocol/requiredAction.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import type { TextFormat } from '../i18n/createFormat.js';
import { labelFor } from '../i18n/labelFor.js';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts, type FirstLoadTexts } from '../i18n/useTexts.js';
import { Square } from '../icons.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { useNow } from '../useNow.js';

/** Props of `RunStatusLine`. */
export interface RunStatusLineProps extends Omit<PartProps<'div'>, 'children'> {
  run: Run;
  /** Activity that replaces the label of the status, for example "Reading 3 files". */
  activity?: ReactNode;
  /** Names of the functions that the run waits for. @default the functions of its required action */
  waitsFor?: readonly string[] | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
  /** Shows when the run expires. Set it to false next to `ToolOutputs`, which shows it too. @default true */
  hasExpiry?: boolean | undefined;
  /** Cancels the run. Without it, the stop button is omitted. */
  onCancel?: (() => void) | undefined;
  /** Starts another run after a cancelled one. Without it, the retry button is omitted. */
  onRetry?: (() => void) | undefined;
}

/** Remaining time from which the expiry is shown as urgent, and also for runs that wait for nothing. */
const EXPIRY_WARNING_SECONDS = 60;

/** Status line of a run: label, time, expiry, token usage, and buttons to stop or retry it. Element: div. */
export function RunStatusLine({
  run,
  activity,
  waitsFor = getRequiredFunctions(run),
  now: nowProp,
  hasExpiry = true,
  onCancel,
  onRetry,
  ...props
}: RunStatusLineProps): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const settled = isSettled(run.status);
  const now = useNow(!settled, nowProp);
  const canStop = !settled && run.status !== 'cancelling';
  const children = (
    <>
      <span data-part="run-status-head">
        <span data-part="run-status-mark" aria-hidden />
        <span data-part="run-status-label" dir="auto">
          {activity ?? getLabel(run, waitsFor, texts, format)}
        </span>
      </span>
      <ElapsedTime run={run} now={now} />
      {!settled && hasExpiry && <Expiry run={run} now={now} />}
      {settled && <TokenUsage run={run} />}
      {canStop && onCancel !== undefined && (
        <Button variant="quiet" onClick={onCancel}>
          <Square size={12} fill="currentColor" />
          {texts.run.stop}
        </Button>
      )}
      {run.status === 'cancelled' && onRetry !== undefined && (
        <Button variant="quiet" onClick={onRetry}>
          {texts.run.retry}
        </Button>
      )}
    </>
  );
  // A browser translation would replace the text of the timer each second.
  const translate = settled ? undefined : 'no';
  return createPart(
    { tag: 'div', name: 'run-status-line', defaultProps: { children, translate } },
    props,
  );
}

interface RunAtTime {
  run: Run;
  /** In Unix seconds. Undefined while the page has no time. */
  now: number | undefined;
}

function ElapsedTime({ run, now }: RunAtTime): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const settled = isSettled(run.status);
  // Some servers do not report when a run has ended.
  const end = run.completed_at ?? run.failed_at ?? run.cancelled_at ?? run.created_at;
  const until = settled ? end : now;
  if (until === undefined) return null;
  const seconds = until - run.created_at;
  if (settled && seconds <= 0) return null;
  const duration = format.duration(seconds);
  return (
    <span data-part="run-status-time" role="timer" aria-label={texts.run.elapsed(duration)}>
      {duration}
    </span>
  );
}

function Expiry({ run, now }: RunAtTime): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  if (now === undefined || run.expires_at === null || run.expires_at === undefined) return null;
  const remainingSeconds = Math.max(0, run.expires_at - now);
  const isUrgent = remainingSeconds <= EXPIRY_WARNING_SECONDS;
  if (run.status !== 'requires_action' && !isUrgent) return null;
  return (
    <span data-part="run-status-expiry" data-urgent={isUrgent ? '' : undefined}>
      {texts.run.expiresIn(format.duration(remainingSeconds))}
    </span>
  );
}

function TokenUsage({ run: { usage } }: { run: Run }): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  if (usage === null || usage === undefined) return null;
  const detail = texts.run.usageDetail(
    format.number(usage.prompt_tokens),
    format.number(usage.completion_tokens),
  );
  return (
    <span data-part="run-status-usage" title={detail}>
      {texts.run.usage(format.number(usage.total_tokens), usage.total_tokens)}
    </span>
  );
}

function getRequiredFunctions(run: Run): string[] {
  return getRequiredCalls(run).map((call) => call.function.name);
}

function getLabel(
  { status }: Run,
  waitsFor: readonly string[],
  texts: FirstLoadTexts,
  format: TextFormat,
): string {
  if (status === 'requires_action' && waitsFor.length > 0) {
    const names = new Set(waitsFor.map((name) => truncate(name, 80)));
    return texts.run.waitingFor(format.list([...names]));
  }
  return labelFor(texts.run.status, status, texts.run.status.unknown);
}
