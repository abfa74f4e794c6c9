import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { followToEnd } from '../../../src/core/run/followToEnd.js';
import { startFollowing, type FollowToEnd } from '../../../src/core/run/startFollowing.js';
import { createRunServer } from './createRunServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const newRun = { createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } } };

const existingRun = { threadId: 'thread_1', runId: 'run_1' };
const loadError = new AssistantsError('network', 'Could not load.', { retryable: true });

it('fails to create a run whose code cannot be loaded, without a request', async () => {
  const server = createRunServer();
  const followed = startFollowing(server.client, newRun, {}, () => Promise.reject(loadError));
  await expect(followed.settled).rejects.toBe(loadError);
  expect(followed.getState()).toMatchObject({ phase: 'failed', error: loadError });
  expect(server.requests).toEqual([]);
});

it('reports that the code cannot be loaded, tries again, and polls a run that exists once it is there', async () => {
  const server = createRunServer();
  const loadSteps = vi
    .fn<() => Promise<FollowToEnd>>()
    .mockRejectedValueOnce(loadError)
    .mockRejectedValueOnce(loadError)
    .mockResolvedValue(followToEnd);
  const followed = startFollowing(server.client, existingRun, {}, loadSteps);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(followed.getState()).toMatchObject({ phase: 'connecting', error: loadError });
  expect(server.requests).toEqual([]);
  server.run = { ...server.run, status: 'completed' };
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(followed.settled).resolves.toMatchObject({ status: 'completed' });
  expect(loadSteps).toHaveBeenCalledTimes(3);
});

it('stops trying when it is detached', async () => {
  const server = createRunServer();
  const loadSteps = vi.fn<() => Promise<FollowToEnd>>().mockRejectedValue(loadError);
  const followed = startFollowing(server.client, existingRun, {}, loadSteps);
  await vi.advanceTimersByTimeAsync(1_000);
  followed.detach();
  await expect(followed.settled).rejects.toMatchObject({ kind: 'aborted' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loadSteps).toHaveBeenCalledTimes(1);
});

it('does not wait for code that is loading when it is detached', async () => {
  const server = createRunServer();
  const followed = startFollowing(server.client, newRun, {}, () => new Promise(() => undefined));
  followed.detach();
  await expect(followed.settled).rejects.toMatchObject({ kind: 'aborted' });
  expect(server.requests).toEqual([]);
});

it('fails after ten attempts to load the code for a run that exists', async () => {
  const server = createRunServer();
  const loadSteps = vi.fn<() => Promise<FollowToEnd>>().mockRejectedValue(loadError);
  const followed = startFollowing(server.client, existingRun, {}, loadSteps);
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(followed.settled).rejects.toBe(loadError);
  expect(followed.getState()).toMatchObject({ phase: 'failed', error: loadError });
  expect(loadSteps).toHaveBeenCalledTimes(10);
});

it('cancels a run that exists while the code is loading', async () => {
  const server = createRunServer();
  const followed = startFollowing(
    server.client,
    existingRun,
    {},
    () => new Promise(() => undefined),
  );
  await followed.stop();
  expect(server.requests.map(({ kind }) => kind)).toEqual(['cancel']);
  expect(followed.getState().run?.id).toBe(server.run.id);
});
