import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { createRunRecovery } from '../../../src/core/run/createRunRecovery.js';
import { startFollowing } from '../../../src/core/run/startFollowing.js';
import { aMessage, aRun } from './events.js';
import { createRunServer } from './createRunServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const newRun = { createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } } };

it('does not load the recovery for a run that is streamed to its end', async () => {
  const server = createRunServer();
  const run = aRun({ status: 'completed' });
  server.stream = [
    { event: 'thread.run.created', data: aRun({ status: 'in_progress' }) },
    { event: 'thread.message.created', data: aMessage(undefined, { status: 'in_progress' }) },
    { event: 'thread.message.completed', data: aMessage('Hi', { status: 'completed' }) },
    { event: 'thread.run.completed', data: run },
  ];
  const loadRecovery = vi.fn<() => Promise<typeof createRunRecovery>>();
  const { settled } = startFollowing(server.client, newRun, {}, loadRecovery);
  await expect(settled).resolves.toMatchObject({ status: 'completed' });
  expect(loadRecovery).not.toHaveBeenCalled();
});

it('reports that the code cannot be loaded, tries again, and polls once it is there', async () => {
  const server = createRunServer();
  const error = new AssistantsError('network', 'Could not load.', { retryable: true });
  const loadRecovery = vi
    .fn<() => Promise<typeof createRunRecovery>>()
    .mockRejectedValueOnce(error)
    .mockRejectedValueOnce(error)
    .mockResolvedValue(createRunRecovery);
  const followed = startFollowing(server.client, newRun, {}, loadRecovery);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(followed.getState()).toMatchObject({ phase: 'polling', error });
  expect(server.requests.map(({ kind }) => kind)).toEqual(['create']);
  server.run = { ...server.run, status: 'completed' };
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(followed.settled).resolves.toMatchObject({ status: 'completed' });
  expect(loadRecovery).toHaveBeenCalledTimes(3);
});

it('stops trying when it is detached', async () => {
  const server = createRunServer();
  const error = new AssistantsError('network', 'Could not load.', { retryable: true });
  const loadRecovery = vi.fn<() => Promise<typeof createRunRecovery>>().mockRejectedValue(error);
  const followed = startFollowing(server.client, newRun, {}, loadRecovery);
  await vi.advanceTimersByTimeAsync(1_000);
  followed.detach();
  await expect(followed.settled).rejects.toMatchObject({ kind: 'aborted' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loadRecovery).toHaveBeenCalledTimes(1);
});
