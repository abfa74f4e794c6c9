import type { ReactElement, ReactNode } from 'react';
import { getRunEnd } from '../../protocol/endTimes.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { labelFor } from '../i18n/labelFor.js';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts } from '../i18n/useTexts.js';
import { Square } from '../icons.js';
import { createPart, type PartProps, asPart } from '../part.js';

/** Props of `RunStatusLine`. */
export interface RunStatusLineProps extends PartProps<'div'> {
  run: Run;
  /** Activity that replaces the label of the status, for example "Reading 3 files". */
  activity?: ReactNode;
  /** Server time in Unix seconds. Without it, a run that has not settled shows no time. */
  now: number | undefined;
  /** Cancels the run. Without it, the stop button is omitted. */
  onCancel?: (() => void) | undefined;
  /** `RunStatusDetails`. */
  children?: ReactNode;
}

/** Status line of a run: label, time, details, and a button to stop it. Element: div. */
export function RunStatusLine({
  run,
  activity,
  now,
  onCancel,
  children: details,
  ...props
}: RunStatusLineProps): ReactElement | null {
  const texts = useTexts();
  const settled = isSettled(run.status);
  const canStop = !settled && run.status !== 'cancelling';
  const children = (
    <>
      <span {...asPart('run-status-head')}>
        <span {...asPart('run-status-mark')} aria-hidden />
        <span {...asPart('run-status-label')} dir="auto">
          {activity ?? labelFor(texts.run.status, run.status, texts.run.status.unknown)}
        </span>
      </span>
      <ElapsedTime run={run} now={now} />
      {details}
      {canStop && onCancel !== undefined && (
        <Button variant="quiet" onClick={onCancel}>
          <Square size={12} fill="currentColor" />
          {texts.run.stop}
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

function ElapsedTime({ run, now }: Pick<RunStatusLineProps, 'run' | 'now'>): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const settled = isSettled(run.status);
  // Some servers do not report when a run has ended.
  const end = getRunEnd(run) ?? run.created_at;
  const until = settled ? end : now;
  if (until === undefined) return null;
  const seconds = until - run.created_at;
  if (settled && seconds <= 0) return null;
  const duration = format.duration(seconds);
  return (
    <span {...asPart('run-status-time')} role="timer" aria-label={texts.run.elapsed(duration)}>
      {duration}
    </span>
  );
}
