import { AssistantsError } from '../../client/AssistantsError.js';
import type { Run } from '../../protocol/types.js';
import type { FollowedRun, FollowedRunState } from './followRun.js';
import { emptyRunState } from './reduceRun.js';

/** A run that had ended before anybody followed it, in the shape of one that is followed. Asks for nothing: 'detached' from the start. */
export function settledRun(run: Run): FollowedRun {
  const state: FollowedRunState = { ...emptyRunState, run, phase: 'detached', error: undefined };
  return {
    settled: Promise.resolve(run),
    isAdopted: true,
    getState: () => state,
    subscribe: () => () => undefined,
    submit: () =>
      Promise.reject(
        new AssistantsError('run', `The run takes no tool outputs: it is ${run.status}.`),
      ),
    stop: async () => undefined,
    detach: () => undefined,
  };
}
