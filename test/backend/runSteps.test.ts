import { expect, test } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Page, Run, RunStep } from '../../src/protocol/types.js';
import { createRunHarness } from './createRunHarness.js';

async function createSettledRun(messages: number) {
  const say = Array.from({ length: messages }, (_, index) => [
    `Message ${index}`,
    { next: 'message' } as const,
  ]).flat();
  const api = await createRunHarness({ model: scriptedModel([{ say }]) });
  const thread = await api.createThread('Hello');
  const run = await api.createRun(thread.id);
  await api.backend.idle();
  return { api, thread, run };
}

const getStepsPath = (run: Run) => `/threads/${run.thread_id}/runs/${run.id}/steps`;

test('listRunSteps returns the newest step first by default', async () => {
  const { api, run } = await createSettledRun(3);

  const newest = await api.json<Page<RunStep>>('GET', getStepsPath(run));
  const oldest = await api.json<Page<RunStep>>('GET', `${getStepsPath(run)}?order=asc`);

  expect(newest.data).toHaveLength(3);
  expect(newest.data.toReversed()).toEqual(oldest.data);
});

test('listRunSteps returns pages', async () => {
  const { api, run } = await createSettledRun(3);

  const first = await api.json<Page<RunStep>>('GET', `${getStepsPath(run)}?order=asc&limit=2`);
  const second = await api.json<Page<RunStep>>(
    'GET',
    `${getStepsPath(run)}?order=asc&limit=2&after=${first.last_id}`,
  );

  expect([first.data.length, first.has_more]).toEqual([2, true]);
  expect([second.data.length, second.has_more]).toEqual([1, false]);
});

test('a step contains the id of its message', async () => {
  const { api, thread, run } = await createSettledRun(1);

  const [step] = await api.listSteps(run);
  const [, message] = await api.messages(thread.id);

  expect(step).toMatchObject({
    type: 'message_creation',
    status: 'completed',
    completed_at: 1_700_000_000,
    run_id: run.id,
    step_details: { type: 'message_creation', message_creation: { message_id: message?.id } },
  });
  expect(message).toMatchObject({
    run_id: run.id,
    assistant_id: api.assistant.id,
    completed_at: 1_700_000_000,
  });
});

test('getRunStep returns the same step as the list', async () => {
  const { api, run } = await createSettledRun(1);

  const [step] = await api.listSteps(run);

  expect(await api.json('GET', `${getStepsPath(run)}/${step?.id}`)).toEqual(step);
});

test('a step is only found below its own thread and run', async () => {
  const { api, run } = await createSettledRun(1);
  const other = await api.createThread('Hello');
  const second = await api.createRun(other.id);
  await api.backend.idle();
  const [step] = await api.listSteps(run);

  const responses = await Promise.all([
    api.send('GET', `/threads/${other.id}/runs/${run.id}/steps/${step?.id}`),
    api.send('GET', `${getStepsPath(second)}/${step?.id}`),
    api.send('GET', `/threads/${other.id}/runs/${run.id}/steps`),
  ]);

  expect(responses.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('steps of an expired run are expired when they are read', async () => {
  const api = await createRunHarness({ model: scriptedModel([{ say: { call: 'ask_user' } }]) });
  const run = await api.createRun((await api.createThread('Hello')).id);
  await api.backend.idle();

  api.advanceTime(600);

  expect((await api.listSteps(run)).map(({ status }) => status)).toEqual(['expired']);
});
