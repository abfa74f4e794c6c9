import type { ReactElement } from 'react';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { createPart, type PartProps } from '../part.js';

/** State of a run status. */
export interface RunStatusState {
  status: Run['status'];
  /** True if the run has settled. */
  settled: boolean;
}

/** Props of `RunStatusRoot`. */
export interface RunStatusRootProps extends PartProps<'div', RunStatusState> {
  run: Run;
}

/** Container of the status line and the problem of a run. Element: div. `data-status`, `data-settled`. */
export function RunStatusRoot({ run, ...props }: RunStatusRootProps): ReactElement | null {
  const state: RunStatusState = { status: run.status, settled: isSettled(run.status) };
  return createPart({ tag: 'div', name: 'run-status', state }, props);
}
