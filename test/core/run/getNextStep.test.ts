import { expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import type { FollowedRunState } from '../../../src/core/run/FollowedRun.js';
import { getNextStep, type FollowConfig } from '../../../src/core/run/getNextStep.js';
import {
  createFollowState,
  type FollowState,
  type QueuedSubmit,
} from '../../../src/core/run/reduceFollow.js';
import type { RunStatus } from '../../../src/protocol/types.js';
import { aRun } from './events.js';

const ids = { threadId: 'thread_1', runId: 'run_1' };
const createRun = {
  type: 'createRun',
  params: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } },
} as const;
const createThreadAndRun = {
  type: 'createThreadAndRun',
  params: { body: { assistant_id: 'asst_1' } },
} as const;
const existing = { type: 'existing', ids } as const;
const submit: QueuedSubmit = { answers: [], resolve: () => {}, reject: () => {} };
const error = new AssistantsError('network', 'The server could not be reached.');
const unknownStatus = 'paused' as RunStatus;

interface Row {
  name: string;
  config?: Partial<FollowConfig>;
  state?: Partial<Omit<FollowState, 'followed'>>;
  followed?: Partial<FollowedRunState>;
  step: object;
}

const statuses = ['completed', 'failed', 'cancelled', 'expired', 'incomplete'] as const;

const rows: Row[] = [
  { name: 'creates a new run', step: { type: 'create', target: createRun } },
  {
    name: 'creates a thread and a run',
    config: { target: createThreadAndRun },
    step: { type: 'create', target: createThreadAndRun },
  },
  {
    name: 'polls an existing run at once',
    config: { target: existing },
    state: { creation: 'done', isPollDue: true },
    step: { type: 'poll', ids, isDue: true },
  },
  {
    name: 'polls an existing run again after a failed poll',
    config: { target: existing },
    state: { creation: 'done' },
    followed: { error },
    step: { type: 'poll', ids, isDue: false },
  },
  {
    name: 'continues the stream of an active run if the server can',
    state: { creation: 'done', canRejoin: true, lastEventId: '7' },
    followed: { run: aRun({ status: 'in_progress' }) },
    step: { type: 'rejoin', ids, after: '7' },
  },
  {
    name: 'streams the newest segment of an active run that was polled',
    state: { creation: 'done', canRejoin: true },
    followed: { run: aRun({ status: 'in_progress' }) },
    step: { type: 'rejoin', ids, after: undefined },
  },
  {
    name: 'polls a run that requires action although the server could continue the stream',
    state: { creation: 'done', canRejoin: true, lastEventId: '7' },
    followed: { run: aRun({ status: 'requires_action' }) },
    step: { type: 'poll', ids, isDue: false },
  },
  {
    name: 'looks for a run whose creation was lost',
    state: { creation: 'lost' },
    followed: { error },
    step: { type: 'findRun', threadId: 'thread_1' },
  },
  {
    name: 'repeats a lost creation with its idempotency key',
    config: { canRepeatCreation: true },
    state: { creation: 'lost' },
    step: { type: 'repeatCreation', target: createRun },
  },
  {
    name: 'repeats the lost creation of a thread with its idempotency key',
    config: { target: createThreadAndRun, canRepeatCreation: true },
    state: { creation: 'lost' },
    step: { type: 'repeatCreation', target: createThreadAndRun },
  },
  {
    name: 'cannot find the run of a lost thread',
    config: { target: createThreadAndRun },
    state: { creation: 'lost' },
    followed: { error },
    step: { type: 'fail', error },
  },
  {
    name: 'does not recover a lost creation if it may only stream',
    config: { canPoll: false, canRepeatCreation: true },
    state: { creation: 'lost' },
    step: { type: 'fail', error: { kind: 'stream', retryable: false } },
  },
  {
    name: 'fails if the recovery found no run',
    state: { creation: 'done' },
    step: { type: 'fail', error: { kind: 'stream', retryable: false } },
  },
  ...statuses.map((status) => ({
    name: `finishes a run with the status ${status}, even with queued outputs`,
    state: { queuedSubmit: submit },
    followed: { run: aRun({ status }) },
    step: { type: 'finish', run: aRun({ status }) },
  })),
  {
    name: 'submits queued outputs',
    state: { queuedSubmit: submit, isPollDue: true },
    followed: { run: aRun({ status: 'requires_action' }) },
    step: { type: 'submit', submit, run: aRun({ status: 'requires_action' }) },
  },
  ...(['queued', 'in_progress', 'cancelling', unknownStatus] as const).map((status) => ({
    name: `polls a run with the status ${status}`,
    followed: { run: aRun({ status }) },
    step: { type: 'poll', ids, isDue: false },
  })),
  {
    name: 'polls at once if a poll is due',
    state: { isPollDue: true },
    followed: { run: aRun({ status: 'in_progress' }) },
    step: { type: 'poll', ids, isDue: true },
  },
  {
    name: 'fails after an early end of the stream if it may only stream',
    config: { canPoll: false },
    followed: { run: aRun({ status: 'in_progress' }) },
    step: { type: 'fail', error: { kind: 'stream', retryable: true } },
  },
  {
    name: 'fails with the error of the stream if it may only stream',
    config: { canPoll: false },
    followed: { run: aRun({ status: 'in_progress' }), error },
    step: { type: 'fail', error },
  },
  {
    name: 'polls while the run requires outputs, even if it may only stream',
    config: { canPoll: false },
    followed: { run: aRun({ status: 'requires_action' }) },
    step: { type: 'poll', ids, isDue: false },
  },
];

it.each(rows)('$name', ({ config, state, followed, step }) => {
  const initial = createFollowState('new');
  expect(
    getNextStep(
      { ...initial, ...state, followed: { ...initial.followed, ...followed } },
      { target: createRun, canPoll: true, canRepeatCreation: false, ...config },
    ),
  ).toMatchObject(step);
});
