import { Square } from '../icons.js';
import type { ReactElement, ReactNode } from 'react';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';
import type { TextFormat } from '../i18n/format.js';
import type { ConversationTexts } from '../i18n/texts.js';
import { labelFor } from '../i18n/labelFor.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { useNow } from '../useNow.js';

/** Props of `RunStatusFrame`. */
export interface RunStatusFrameProps extends Omit<PartProps<'div'>, 'children'> {
  /** Whose state is told. */
  run: Run;
  /** What is happening, in place of our words for the status, for example "Reading 3 files". */
  activity?: ReactNode;
  /** Names of the functions that a waiting run waits for. @default those that it requires */
  waitsFor?: readonly string[] | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
  /** Counts down to expiry; false beside `ToolOutputs`, which does. @default true */
  hasExpiry?: boolean | undefined;
  /** Stops the run. Without it there is no stop button. */
  onCancel?: (() => void) | undefined;
  /** Starts another run after one that ended badly. */
  onRetry?: (() => void) | undefined;
  /** Stands under the line: why the run did not end well. */
  problem: ReactNode;
}

/** Seconds before expiry from which the countdown is shown while the run does not wait for anyone. */
const EXPIRY_WARNING_SECONDS = 60;

/** One quiet line about a run, whatever explains a bad end. Element: div, see `RunStatus`. */
export function RunStatusFrame({
  run,
  activity,
  waitsFor = requiredBy(run),
  now: given,
  hasExpiry = true,
  onCancel,
  onRetry,
  problem,
  ...props
}: RunStatusFrameProps): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  const settled = isSettled(run.status);
  const now = useNow(!settled, given);
  // Some servers do not say when a run ended.
  const end = run.completed_at ?? run.failed_at ?? run.cancelled_at ?? run.created_at;
  const seconds = (settled ? end : now) - run.created_at;
  const canStop = onCancel !== undefined && !settled && run.status !== 'cancelling';

  const children = (
    <>
      <div data-part="run-status-line">
        <span data-part="run-status-mark" aria-hidden />
        <span data-part="run-status-label" dir="auto">
          {activity ?? labelOf(run, waitsFor, texts, format)}
        </span>
        {(!settled || seconds > 0) && (
          <span
            data-part="run-status-time"
            role="timer"
            aria-label={texts.run.elapsed(format.duration(seconds))}
          >
            {format.duration(seconds)}
          </span>
        )}
        {!settled && hasExpiry && <Expiry run={run} now={now} />}
        {settled && <Usage run={run} />}
        {canStop && (
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
      </div>
      {problem}
    </>
  );
  return createPart(
    { tag: 'div', name: 'run-status', state: { status: run.status, settled }, own: { children } },
    props,
  );
}

function Expiry({ run, now }: { run: Run; now: number }): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  if (run.expires_at === null || run.expires_at === undefined) return null;
  const left = Math.max(0, run.expires_at - now);
  if (run.status !== 'requires_action' && left > EXPIRY_WARNING_SECONDS) return null;
  return (
    <span
      data-part="run-status-expiry"
      data-urgent={left <= EXPIRY_WARNING_SECONDS ? '' : undefined}
    >
      {texts.run.expiresIn(format.duration(left))}
    </span>
  );
}

function Usage({ run }: { run: Run }): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  const { usage } = run;
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

function requiredBy(run: Run): string[] {
  return (run.required_action?.submit_tool_outputs.tool_calls ?? []).map(
    (call) => call.function.name,
  );
}

function labelOf(
  { status }: Run,
  waitsFor: readonly string[],
  texts: ConversationTexts,
  format: TextFormat,
): string {
  if (status === 'requires_action' && waitsFor.length > 0) {
    return texts.run.waitingFor(
      format.list([...new Set(waitsFor.map((name) => truncate(name, 80)))]),
    );
  }
  return labelFor(texts.run.status, status, texts.run.status.unknown);
}
