import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Run } from '../../protocol/types.js';
import type { FollowRunOptions } from './FollowedRun.js';
import type { FollowStore } from './createFollowStore.js';
import type { PollPause } from './createPollPause.js';
import type { FollowConfig, FollowStep } from './getNextStep.js';
import type { RunState } from './RunState.js';

/** Everything that the steps of following one run use. */
export interface FollowContext {
  client: AssistantsClient;
  config: FollowConfig;
  options: FollowRunOptions;
  /** Idempotency key of the creation. */
  idempotencyKey: string;
  startedAtMs: number;
  now: () => number;
  /** Aborts when `detach` or `giveUp` is called. */
  signal: AbortSignal;
  /** Stops following, and fails with an error. */
  giveUp: (error: AssistantsError) => void;
  store: FollowStore;
  /** Undefined until the first step. */
  recovery: RunRecovery | undefined;
  pause: PollPause;
}

/** Step that is not needed while a run is streamed to its end. */
export type RecoveryStep = Extract<FollowStep, { type: 'submit' | 'findRun' | 'rejoin' | 'poll' }>;

/** Everything that is not needed while a run is streamed to its end. */
export interface RunRecovery {
  performStep(step: RecoveryStep): Promise<void>;
  /** Call after a stream or a submit. The next poll comes soon and requests everything. */
  restart(): void;
  /** Resolves with the final messages and steps of a settled run. Lists that cannot be loaded stay unchanged. */
  loadResult(run: Run): Promise<RunState>;
}
