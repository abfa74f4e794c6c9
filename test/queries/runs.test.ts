import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { writeRun, writeStep } from '../../src/queries/cache/writeObjects.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import {
  cancelRunOptions,
  createRunOptions,
  createThreadAndRunOptions,
  getRunOptions,
  listRunsOptions,
  modifyRunOptions,
  submitToolOutputsToRunOptions,
} from '../../src/queries/runs.js';
import { getRunStepOptions, listRunStepsOptions } from '../../src/queries/runSteps.js';
import { getThreadOptions } from '../../src/queries/threads.js';
import { endlessModel } from '../backend/createTestBackend.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

type TestHarness = ReturnType<typeof createTestHarness>;

const weather = scriptedModel([{ say: { call: 'get_weather', with: {} }, after: 'It rains.' }]);
const tools = [{ type: 'function', function: { name: 'get_weather' } }] as const;

/** Observes the runs of a thread. Returns a function that returns their ids and statuses. */
async function observeRuns(harness: TestHarness, threadId: string) {
  const observer = new InfiniteQueryObserver(
    harness.queryClient,
    listRunsOptions(harness.client, { threadId }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  return () => observer.getCurrentResult().data?.map(({ id, status }) => [id, status]);
}

function getCachedRun(harness: TestHarness, threadId: string, runId: string) {
  return harness.queryClient.getQueryData(
    getRunOptions(harness.client, { threadId, runId }).queryKey,
  );
}

describe('run queries', () => {
  it('writes a new run into its detail query and the lists', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const threadId = await harness.createThread(1);
    const runs = await observeRuns(harness, threadId);
    const assistantId = await harness.createAssistant();
    harness.takeRequests();
    const create = new MutationObserver(harness.queryClient, createRunOptions(harness.client));
    const run = await create.mutate({ threadId, body: { assistant_id: assistantId } });
    expect(runs()).toEqual([[run.id, run.status]]);
    expect(getCachedRun(harness, threadId, run.id)).toEqual(run);
    expect(harness.takeRequests()).toEqual([`POST /threads/${threadId}/runs`]);
  });

  it('syncs all message lists with one request if the run adds messages', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const threadId = await harness.createThread(3);
    const observed = new InfiniteQueryObserver(
      harness.queryClient,
      listMessagesOptions(harness.client, { threadId }),
    );
    const stop = observed.subscribe(() => undefined);
    await observed.refetch({ cancelRefetch: false });
    const unobserved = listMessagesOptions(harness.client, { threadId, query: { limit: 2 } });
    await harness.queryClient.infiniteQuery(unobserved);
    const assistantId = await harness.createAssistant();
    harness.takeRequests();
    const body = {
      assistant_id: assistantId,
      additional_messages: [{ role: 'user' as const, content: 'extra' }],
    };
    await new MutationObserver(harness.queryClient, createRunOptions(harness.client)).mutate({
      threadId,
      body,
    });
    await expect
      .poll(() => observed.getCurrentResult().data?.map(getRawMessageText))
      .toContain('extra');
    const list = harness.queryClient.getQueryData(unobserved.queryKey);
    expect(list?.pages.flatMap(({ data }) => data).map(getRawMessageText)).toContain('extra');
    expect(harness.takeRequests()).toEqual([
      `POST /threads/${threadId}/runs`,
      expect.stringMatching(/messages\?order=asc&limit=100&after=/),
    ]);
    stop();
  });

  it('writes a thread and a run that were created together', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const assistantId = await harness.createAssistant();
    const create = new MutationObserver(
      harness.queryClient,
      createThreadAndRunOptions(harness.client),
    );
    const run = await create.mutate({
      body: { assistant_id: assistantId, thread: { metadata: { title: 'Tea' } } },
    });
    const thread = getThreadOptions(harness.client, { threadId: run.thread_id });
    expect(harness.queryClient.getQueryData(thread.queryKey)).toMatchObject({
      id: run.thread_id,
      metadata: { title: 'Tea' },
    });
    expect(getCachedRun(harness, run.thread_id, run.id)).toEqual(run);
    harness.takeRequests();
    expect(await harness.queryClient.query(thread)).toMatchObject({ id: run.thread_id });
    expect(harness.takeRequests()).toEqual([`GET /threads/${run.thread_id}`]);
  });

  it('modifies a run in its detail query and the lists', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId);
    await observeRuns(harness, threadId);
    const modify = new MutationObserver(harness.queryClient, modifyRunOptions(harness.client));
    await modify.mutate({ threadId, runId, body: { metadata: { rated: 'good' } } });
    expect(getCachedRun(harness, threadId, runId)?.metadata).toEqual({ rated: 'good' });
    const list = harness.queryClient.getQueryData(
      listRunsOptions(harness.client, { threadId }).queryKey,
    );
    expect(list?.pages[0]?.data[0]?.metadata).toEqual({ rated: 'good' });
  });

  it('writes the continued run after submitting tool outputs', async () => {
    const harness = createTestHarness({ backend: { model: weather } });
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId, { tools });
    const runs = await observeRuns(harness, threadId);
    const run = await harness.queryClient.query(getRunOptions(harness.client, { threadId, runId }));
    expect(run.status).toBe('requires_action');
    const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    const submit = new MutationObserver(
      harness.queryClient,
      submitToolOutputsToRunOptions(harness.client),
    );
    const body = { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' })) };
    await submit.mutate({ threadId, runId, body });
    expect(getCachedRun(harness, threadId, runId)).toMatchObject({
      status: 'queued',
      required_action: null,
    });
    expect(runs()).toEqual([[runId, 'queued']]);
  });

  it('sets cancelling optimistically, then the final status', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const threadId = await harness.createThread(1);
    const assistantId = await harness.createAssistant();
    const runId = await harness.create(`/v1/threads/${threadId}/runs`, {
      assistant_id: assistantId,
    });
    await harness.queryClient.query(getRunOptions(harness.client, { threadId, runId }));
    const gate = createDeferred();
    harness.intercept(async () => {
      await gate.promise;
      return undefined;
    });
    const cancelling = new MutationObserver(
      harness.queryClient,
      cancelRunOptions(harness.client),
    ).mutate({ threadId, runId });
    await nextTask();
    expect(getCachedRun(harness, threadId, runId)?.status).toBe('cancelling');
    gate.resolve();
    await cancelling;
    await harness.backend.idle();
    await harness.queryClient.query({
      ...getRunOptions(harness.client, { threadId, runId }),
      staleTime: 0,
    });
    expect(getCachedRun(harness, threadId, runId)?.status).toBe('cancelled');
  });

  it('restores the run if cancelling fails', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const threadId = await harness.createThread(1);
    const assistantId = await harness.createAssistant();
    const runId = await harness.create(`/v1/threads/${threadId}/runs`, {
      assistant_id: assistantId,
    });
    await nextTask();
    const { status } = await harness.queryClient.query(
      getRunOptions(harness.client, { threadId, runId }),
    );
    harness.intercept(async (request) =>
      request.method === 'POST' ? new Response('', { status: 500 }) : undefined,
    );
    const cancel = new MutationObserver(harness.queryClient, cancelRunOptions(harness.client));
    await expect(cancel.mutate({ threadId, runId })).rejects.toMatchObject({ status: 500 });
    expect(getCachedRun(harness, threadId, runId)?.status).toBe(status);
  });

  it('refetches a run that ended before it was cancelled', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId);
    const { body } = await harness.send('GET', `/v1/threads/${threadId}/runs/${runId}`);
    const run = await harness.client.getRun({ threadId, runId });
    expect(body['status']).toBe('completed');
    const options = getRunOptions(harness.client, { threadId, runId });
    const observer = new InfiniteQueryObserver(
      harness.queryClient,
      listRunsOptions(harness.client, { threadId }),
    );
    observer.subscribe(() => undefined);
    harness.queryClient.setQueryData(options.queryKey, { ...run, status: 'in_progress' });
    const cancel = new MutationObserver(harness.queryClient, cancelRunOptions(harness.client));
    await expect(cancel.mutate({ threadId, runId })).rejects.toMatchObject({ status: 400 });
    await harness.queryClient.query({ ...options, staleTime: 0 });
    expect(getCachedRun(harness, threadId, runId)?.status).toBe('completed');
  });

  it('ignores older snapshots of a settled run from any source', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId);
    const runs = await observeRuns(harness, threadId);
    const run = await harness.queryClient.query(getRunOptions(harness.client, { threadId, runId }));
    const older = { ...run, status: 'in_progress' as const };
    writeRun(harness.queryClient, 'test', older);
    harness.intercept(async (request) =>
      request.url.endsWith(runId)
        ? Response.json(older)
        : Response.json({ object: 'list', data: [older], has_more: false }),
    );
    await harness.queryClient.query({
      ...getRunOptions(harness.client, { threadId, runId }),
      staleTime: 0,
    });
    await harness.queryClient.invalidateQueries({
      queryKey: listRunsOptions(harness.client, { threadId }).queryKey,
    });
    expect(getCachedRun(harness, threadId, runId)?.status).toBe('completed');
    expect(runs()).toEqual([[runId, 'completed']]);
  });

  it('keeps a written run when an older response arrives', async () => {
    const harness = createTestHarness({ backend: { model: endlessModel } });
    const threadId = await harness.createThread(1);
    const assistantId = await harness.createAssistant();
    const runId = await harness.create(`/v1/threads/${threadId}/runs`, {
      assistant_id: assistantId,
    });
    const options = { ...getRunOptions(harness.client, { threadId, runId }), staleTime: 0 };
    const run = await harness.queryClient.query(options);
    const gate = createDeferred();
    harness.intercept(async () => {
      await gate.promise;
      return Response.json({ ...run, status: 'queued' });
    });
    const polling = harness.queryClient.query(options);
    await nextTask();
    writeRun(harness.queryClient, 'test', { ...run, status: 'requires_action' });
    gate.resolve();
    await polling;
    expect(getCachedRun(harness, threadId, runId)?.status).toBe('requires_action');
  });

  it('updates the lists with the status of a poll', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId);
    const run = await harness.client.getRun({ threadId, runId });
    harness.intercept(async () =>
      Response.json({ object: 'list', data: [{ ...run, status: 'in_progress' }], has_more: false }),
    );
    const runs = await observeRuns(harness, threadId);
    expect(runs()).toEqual([[runId, 'in_progress']]);
    harness.intercept(async () => undefined);
    await harness.queryClient.query(getRunOptions(harness.client, { threadId, runId }));
    expect(runs()).toEqual([[runId, 'completed']]);
  });

  it('writes run steps into detail queries and lists, and ignores older snapshots', async () => {
    const harness = createTestHarness({ backend: { model: weather } });
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId, { tools });
    const list = listRunStepsOptions(harness.client, { threadId, runId, query: { order: 'asc' } });
    const [step] = await harness.queryClient.infiniteQuery(list);
    if (!step) throw new Error('no step');
    const options = getRunStepOptions(harness.client, { threadId, runId, stepId: step.id });
    await harness.queryClient.query(options);
    writeStep(harness.queryClient, 'test', { ...step, status: 'completed' });
    writeStep(harness.queryClient, 'test', {
      ...step,
      step_details: { type: 'tool_calls', tool_calls: [] },
    });
    expect(harness.queryClient.getQueryData(options.queryKey)).toEqual({
      ...step,
      status: 'completed',
    });
    writeStep(harness.queryClient, 'test', {
      ...step,
      id: 'step_next',
      created_at: step.created_at + 1,
    });
    const ids = harness.queryClient
      .getQueryData(list.queryKey)
      ?.pages.flatMap((page) => page.data.map(({ id }) => id));
    expect(ids).toEqual([step.id, 'step_next']);
  });
});
