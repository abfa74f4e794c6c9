import { noopSubscribe } from '../../common/noopSubscribe.js';
import type { Run } from '../../protocol/types.js';
import type { FollowedRun, FollowedRunState } from './FollowedRun.js';
import { createOutputsNotRequiredError } from './followErrors.js';
import { emptyRunState } from './RunState.js';

/** Wraps a run that had settled before it was followed. Sends no requests. Its phase is 'detached'. */
export function settledRun(run: Run): FollowedRun {
  const state: FollowedRunState = { ...emptyRunState, run, phase: 'detached', error: undefined };
  return {
    settled: Promise.resolve(run),
    isAdopted: true,
    getState: () => state,
    subscribe: noopSubscribe,
    submit: () => Promise.reject(createOutputsNotRequiredError(run.status)),
    stop: async () => undefined,
    detach: () => undefined,
  };
}
