import type { ReactElement } from 'react';
import { RunProblem } from './RunProblem.js';
import { RunStatusLine, type RunStatusLineProps } from './RunStatusLine.js';
import { RunStatusRoot, type RunStatusRootProps } from './RunStatusRoot.js';

/** Props of `RunStatus`. */
export interface RunStatusProps
  extends
    Omit<RunStatusRootProps, 'children'>,
    Pick<RunStatusLineProps, 'activity' | 'waitsFor' | 'now' | 'hasExpiry' | 'onCancel'> {
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
  now,
  hasExpiry,
  onCancel,
  onRetry,
  ...props
}: RunStatusProps): ReactElement {
  return (
    <RunStatusRoot run={run} {...props}>
      <RunStatusLine
        run={run}
        activity={activity}
        waitsFor={waitsFor}
        now={now}
        hasExpiry={hasExpiry}
        onCancel={onCancel}
        onRetry={onRetry}
      />
      <RunProblem run={run} onRetry={onRetry} />
    </RunStatusRoot>
  );
}
