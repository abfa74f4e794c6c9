import type { ReactElement } from 'react';
import { isSettled } from '../../protocol/runStatus.js';
import { useNow } from '../useNow.js';
import { RunProblem } from './RunProblem.js';
import {
  RunLabel,
  RunStatusDetails,
  type RunLabelProps,
  type RunStatusDetailsProps,
} from './RunStatusDetails.js';
import { RunStatusLine, type RunStatusLineProps } from './RunStatusLine.js';
import { RunStatusRoot, type RunStatusRootProps } from './RunStatusRoot.js';

/** Props of `RunStatus`. */
export interface RunStatusProps
  extends
    Omit<RunStatusRootProps, 'children'>,
    Pick<RunStatusLineProps, 'activity' | 'onCancel'>,
    Pick<RunLabelProps, 'waitsFor'>,
    Pick<RunStatusDetailsProps, 'hasExpiry'> {
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
  /** Starts another run after one that did not complete. Without it, the retry button is omitted. */
  onRetry?: (() => void) | undefined;
}

/**
 * Status of a run: what it does, for how long, when it expires, its token usage, and why it failed.
 *
 * Element: div.
 * Data attributes: `data-status`, `data-settled`.
 *
 * @example
 * ```tsx
 * import { RunStatus, useCancelRun, useRun } from 'assistants-react';
 *
 * export function Progress({ threadId, runId }: { threadId: string; runId: string }) {
 *   const { data: run } = useRun({ threadId, runId });
 *   const { mutate: cancelRun } = useCancelRun();
 *   return run ? <RunStatus run={run} onCancel={() => cancelRun({ threadId, runId })} /> : null;
 * }
 * ```
 */
export function RunStatus({
  run,
  activity,
  waitsFor,
  now: nowProp,
  hasExpiry,
  onCancel,
  onRetry,
  ...props
}: RunStatusProps): ReactElement {
  const now = useNow(!isSettled(run.status), nowProp);
  return (
    <RunStatusRoot run={run} {...props}>
      <RunStatusLine
        run={run}
        activity={activity ?? <RunLabel run={run} waitsFor={waitsFor} />}
        now={now}
        onCancel={onCancel}
      >
        <RunStatusDetails run={run} now={now} hasExpiry={hasExpiry} onRetry={onRetry} />
      </RunStatusLine>
      <RunProblem run={run} onRetry={onRetry} />
    </RunStatusRoot>
  );
}
