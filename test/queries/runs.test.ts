import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
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
import { createTestHarness } from './createTestHarness.js';

type World = ReturnType<typeof createTestHarness>;

const tick = () => new Promise((resolve) => setImmediate(resolve));
const weather = scriptedModel([{ say: { call: 'get_weather', with: {} }, after: 'It rains.' }]);
const tools = [{ type: 'function', function: { name: 'get_weather' } }] as const;

async function listRuns(world: World, threadId: string) {
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listRunsOptions(world.client, { threadId }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  return () => observer.getCurrentResult().data?.map(({ id, status }) => [id, status]);
}

function cached(world: World, threadId: string, runId: string) {
  return world.queryClient.getQueryData(getRunOptions(world.client, { threadId, runId }).queryKey);
}

test('puts a new run into its detail and the lists', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const threadId = await world.createThread(1);
  const runs = await listRuns(world, threadId);
  const assistantId = await world.createAssistant();
  world.takeRequests();
  const create = new MutationObserver(world.queryClient, createRunOptions(world.client));
  const run = await create.mutate({ threadId, body: { assistant_id: assistantId } });
  expect(runs()).toEqual([[run.id, run.status]]);
  expect(cached(world, threadId, run.id)).toEqual(run);
  expect(world.takeRequests()).toEqual([`POST /threads/${threadId}/runs`]);
});

test('fetches the newest page where messages came with a run, and marks a list that nobody shows', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const threadId = await world.createThread(3);
  const shown = new InfiniteQueryObserver(
    world.queryClient,
    listMessagesOptions(world.client, { threadId }),
  );
  const stop = shown.subscribe(() => undefined);
  await shown.refetch({ cancelRefetch: false });
  const hidden = listMessagesOptions(world.client, { threadId, query: { limit: 2 } });
  await world.queryClient.infiniteQuery(hidden);
  const assistantId = await world.createAssistant();
  world.takeRequests();
  const body = {
    assistant_id: assistantId,
    additional_messages: [{ role: 'user' as const, content: 'extra' }],
  };
  await new MutationObserver(world.queryClient, createRunOptions(world.client)).mutate({
    threadId,
    body,
  });
  await expect.poll(() => shown.getCurrentResult().data?.map(getRawMessageText)).toContain('extra');
  expect(world.takeRequests()).toEqual([
    `POST /threads/${threadId}/runs`,
    `GET /threads/${threadId}/messages`,
  ]);
  expect(world.queryClient.getQueryState(hidden.queryKey)?.isInvalidated).toBe(true);
  stop();
});

test('seeds the thread and the run that were made together', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const assistantId = await world.createAssistant();
  const create = new MutationObserver(world.queryClient, createThreadAndRunOptions(world.client));
  const run = await create.mutate({
    body: { assistant_id: assistantId, thread: { metadata: { title: 'Tea' } } },
  });
  const thread = getThreadOptions(world.client, { threadId: run.thread_id });
  expect(world.queryClient.getQueryData(thread.queryKey)).toMatchObject({
    id: run.thread_id,
    metadata: { title: 'Tea' },
  });
  expect(cached(world, run.thread_id, run.id)).toEqual(run);
  world.takeRequests();
  expect(await world.queryClient.query(thread)).toMatchObject({ id: run.thread_id });
  expect(world.takeRequests()).toEqual([`GET /threads/${run.thread_id}`]);
});

test('modifies a run in detail and lists', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId);
  await listRuns(world, threadId);
  const modify = new MutationObserver(world.queryClient, modifyRunOptions(world.client));
  await modify.mutate({ threadId, runId, body: { metadata: { rated: 'good' } } });
  expect(cached(world, threadId, runId)?.metadata).toEqual({ rated: 'good' });
  const list = world.queryClient.getQueryData(listRunsOptions(world.client, { threadId }).queryKey);
  expect(list?.pages[0]?.data[0]?.metadata).toEqual({ rated: 'good' });
});

test('takes a run on when its tool outputs are in', async () => {
  const world = createTestHarness({ backend: { model: weather } });
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId, { tools });
  const runs = await listRuns(world, threadId);
  const run = await world.queryClient.query(getRunOptions(world.client, { threadId, runId }));
  expect(run.status).toBe('requires_action');
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  const submit = new MutationObserver(
    world.queryClient,
    submitToolOutputsToRunOptions(world.client),
  );
  const body = { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' })) };
  await submit.mutate({ threadId, runId, body });
  expect(cached(world, threadId, runId)).toMatchObject({ status: 'queued', required_action: null });
  expect(runs()).toEqual([[runId, 'queued']]);
});

test('shows cancelling at once, and the end of the run when it is there', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const threadId = await world.createThread(1);
  const assistantId = await world.createAssistant();
  const runId = await world.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await world.queryClient.query(getRunOptions(world.client, { threadId, runId }));
  const held = createDeferred();
  world.intercept(async () => {
    await held.promise;
    return undefined;
  });
  const cancelling = new MutationObserver(world.queryClient, cancelRunOptions(world.client)).mutate(
    { threadId, runId },
  );
  await tick();
  expect(cached(world, threadId, runId)?.status).toBe('cancelling');
  held.resolve();
  await cancelling;
  await world.backend.idle();
  await world.queryClient.query({
    ...getRunOptions(world.client, { threadId, runId }),
    staleTime: 0,
  });
  expect(cached(world, threadId, runId)?.status).toBe('cancelled');
});

test('shows the run as it was when cancelling failed', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const threadId = await world.createThread(1);
  const assistantId = await world.createAssistant();
  const runId = await world.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await tick();
  const { status } = await world.queryClient.query(
    getRunOptions(world.client, { threadId, runId }),
  );
  world.intercept(async (request) =>
    request.method === 'POST' ? new Response('', { status: 500 }) : undefined,
  );
  const cancel = new MutationObserver(world.queryClient, cancelRunOptions(world.client));
  await expect(cancel.mutate({ threadId, runId })).rejects.toMatchObject({ status: 500 });
  expect(cached(world, threadId, runId)?.status).toBe(status);
});

test('asks for a run that was faster than its cancelling', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId);
  const { body } = await world.send('GET', `/v1/threads/${threadId}/runs/${runId}`);
  const run = await world.client.getRun({ threadId, runId });
  expect(body['status']).toBe('completed');
  const options = getRunOptions(world.client, { threadId, runId });
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listRunsOptions(world.client, { threadId }),
  );
  observer.subscribe(() => undefined);
  world.queryClient.setQueryData(options.queryKey, { ...run, status: 'in_progress' });
  const cancel = new MutationObserver(world.queryClient, cancelRunOptions(world.client));
  await expect(cancel.mutate({ threadId, runId })).rejects.toMatchObject({ status: 400 });
  await world.queryClient.query({ ...options, staleTime: 0 });
  expect(cached(world, threadId, runId)?.status).toBe('completed');
});

test('never turns a settled run back, whoever brings the older snapshot', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId);
  const runs = await listRuns(world, threadId);
  const run = await world.queryClient.query(getRunOptions(world.client, { threadId, runId }));
  const older = { ...run, status: 'in_progress' as const };
  writeRun(world.queryClient, 'test', older);
  world.intercept(async (request) =>
    request.url.endsWith(runId)
      ? Response.json(older)
      : Response.json({ object: 'list', data: [older], has_more: false }),
  );
  await world.queryClient.query({
    ...getRunOptions(world.client, { threadId, runId }),
    staleTime: 0,
  });
  await world.queryClient.invalidateQueries({
    queryKey: listRunsOptions(world.client, { threadId }).queryKey,
  });
  expect(cached(world, threadId, runId)?.status).toBe('completed');
  expect(runs()).toEqual([[runId, 'completed']]);
});

test('is not overwritten by an answer that was on its way when a newer one was written', async () => {
  const world = createTestHarness({ backend: { model: endlessModel } });
  const threadId = await world.createThread(1);
  const assistantId = await world.createAssistant();
  const runId = await world.create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  const options = { ...getRunOptions(world.client, { threadId, runId }), staleTime: 0 };
  const run = await world.queryClient.query(options);
  const held = createDeferred();
  world.intercept(async () => {
    await held.promise;
    return Response.json({ ...run, status: 'queued' });
  });
  const polling = world.queryClient.query(options);
  await tick();
  writeRun(world.queryClient, 'test', { ...run, status: 'requires_action' });
  held.resolve();
  await polling;
  expect(cached(world, threadId, runId)?.status).toBe('requires_action');
});

test('brings the lists up to what a poll has seen', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId);
  const run = await world.client.getRun({ threadId, runId });
  world.intercept(async () =>
    Response.json({ object: 'list', data: [{ ...run, status: 'in_progress' }], has_more: false }),
  );
  const runs = await listRuns(world, threadId);
  expect(runs()).toEqual([[runId, 'in_progress']]);
  world.intercept(async () => undefined);
  await world.queryClient.query(getRunOptions(world.client, { threadId, runId }));
  expect(runs()).toEqual([[runId, 'completed']]);
});

test('puts steps into detail and lists, and never takes one back', async () => {
  const world = createTestHarness({ backend: { model: weather } });
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId, { tools });
  const list = listRunStepsOptions(world.client, { threadId, runId, query: { order: 'asc' } });
  const [step] = await world.queryClient.infiniteQuery(list);
  if (!step) throw new Error('no step');
  const options = getRunStepOptions(world.client, { threadId, runId, stepId: step.id });
  await world.queryClient.query(options);
  writeStep(world.queryClient, 'test', { ...step, status: 'completed' });
  writeStep(world.queryClient, 'test', {
    ...step,
    step_details: { type: 'tool_calls', tool_calls: [] },
  });
  expect(world.queryClient.getQueryData(options.queryKey)).toEqual({
    ...step,
    status: 'completed',
  });
  writeStep(world.queryClient, 'test', {
    ...step,
    id: 'step_next',
    created_at: step.created_at + 1,
  });
  const ids = world.queryClient
    .getQueryData(list.queryKey)
    ?.pages.flatMap((page) => page.data.map(({ id }) => id));
  expect(ids).toEqual([step.id, 'step_next']);
});
