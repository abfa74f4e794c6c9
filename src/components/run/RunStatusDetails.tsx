import type { ReactElement } from 'react';
import { getRequiredCalls } from '../../protocol/requiredAction.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { labelFor } from '../i18n/labelFor.js';
import { formatList } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';
import { EXPIRY_WARNING_SECONDS } from './isExpiringSoon.js';
import { asPart } from '../part.js';

interface RunAtTime {
  run: Run;
  /** Server time in Unix seconds. Undefined while the page has no time. */
  now: number | undefined;
}

/** Props of `RunStatusDetails`. */
export interface RunStatusDetailsProps extends RunAtTime {
  /** Shows when the run expires. Set it to false next to `ToolOutputs`, which shows it too. @default true */
  hasExpiry?: boolean | undefined;
  /** Starts another run after a cancelled one. Without it, the retry button is omitted. */
  onRetry?: (() => void) | undefined;
}

/** Details in the status line of a run: when it expires, its token usage, and a button to try again after a cancelled one. */
export function RunStatusDetails({
  run,
  now,
  hasExpiry = true,
  onRetry,
}: RunStatusDetailsProps): ReactElement {
  const texts = useCompleteTexts();
  const settled = isSettled(run.status);
  return (
    <>
      {!settled && hasExpiry && <Expiry run={run} now={now} />}
      {settled && <TokenUsage run={run} />}
      {run.status === 'cancelled' && onRetry !== undefined && (
        <Button variant="quiet" onClick={onRetry}>
          {texts.run.retry}
        </Button>
      )}
    </>
  );
}

/** Props of `RunLabel`. */
export interface RunLabelProps {
  run: Run;
  /** Names of the functions that the run waits for. @default the functions of its required action */
  waitsFor?: readonly string[] | undefined;
}

/** Label of the status of a run, with the functions that it waits for. */
export function RunLabel({
  run,
  waitsFor = getRequiredFunctions(run),
}: RunLabelProps): ReactElement {
  const texts = useCompleteTexts().run;
  const format = useFormat();
  if (run.status === 'requires_action' && waitsFor.length > 0) {
    const names = new Set(waitsFor.map((name) => truncate(name, 80)));
    return <>{texts.waitingFor(formatList(format, names))}</>;
  }
  return <>{labelFor(texts.status, run.status, texts.status.unknown)}</>;
}

function getRequiredFunctions(run: Run): string[] {
  return getRequiredCalls(run).map((call) => call.function.name);
}

function Expiry({ run, now }: RunAtTime): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  if (now === undefined || run.expires_at === null || run.expires_at === undefined) return null;
  const remainingSeconds = Math.max(0, run.expires_at - now);
  const isUrgent = remainingSeconds <= EXPIRY_WARNING_SECONDS;
  if (run.status !== 'requires_action' && !isUrgent) return null;
  return (
    <span {...asPart('run-status-expiry')} data-urgent={isUrgent ? '' : undefined}>
      {texts.run.expiresIn(format.duration(remainingSeconds))}
    </span>
  );
}

function TokenUsage({ run: { usage } }: { run: Run }): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  if (usage === null || usage === undefined) return null;
  const detail = texts.run.usageDetail(
    format.number(usage.prompt_tokens),
    format.number(usage.completion_tokens),
  );
  return (
    <span {...asPart('run-status-usage')} title={detail}>
      {texts.run.usage(format.number(usage.total_tokens), usage.total_tokens)}
    </span>
  );
}
