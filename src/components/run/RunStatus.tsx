import type { ReactElement } from 'react';
import { RunProblem } from './RunProblem.js';
import { RunStatusFrame, type RunStatusFrameProps } from './RunStatusFrame.js';

/** Props of `RunStatus`. */
export interface RunStatusProps extends Omit<RunStatusFrameProps, 'waitsFor' | 'problem'> {}

/**
 * One quiet line about a run: what is happening, for how long, when it expires, what it has cost; and after a bad end, why
 * and what to do. Element: div. `data-status`, `data-settled`.
 */
export function RunStatus(props: RunStatusProps): ReactElement {
  return (
    <RunStatusFrame {...props} problem={<RunProblem run={props.run} onRetry={props.onRetry} />} />
  );
}
