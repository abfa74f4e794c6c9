import { createAssistantsClient } from 'assistants-react/client';
import { createBackend, scriptedModel, type ScriptedScenario } from 'assistants-react/backend';
import { expect, it } from 'vitest';
import { replayRun } from '../../src/devtools/replay/replayRun.lazy.js';
import type { RunStep } from '../../src/protocol/types.js';

/** Runs an assistant with two functions to its end, whose outputs name the call. */
async function createRun(scenario: ScriptedScenario, question = 'Compare Oslo and Rome') {
  const backend = createBackend({ model: scriptedModel(scenario) });
  const requests: string[] = [];
  const client = createAssistantsClient({
    fetch: (request) => {
      requests.push(request.method);
      return backend.fetch(request);
    },
  });
  const { id: assistantId } = await client.createAssistant({
    body: { model: 'scripted', tools: [{ type: 'function', function: { name: 'get_weather' } }] },
  });
  const { id: threadId } = await client.createThread({
    body: { messages: [{ role: 'user', content: question }] },
  });
  const { id: runId } = await client.createRun({ threadId, body: { assistant_id: assistantId } });
  for (;;) {
    await backend.idle();
    const run = await client.getRun({ threadId, runId });
    const calls = run.required_action?.submit_tool_outputs.tool_calls;
    if (!calls) return { client, requests, run };
    await client.submitToolOutputsToRun({
      threadId,
      runId,
      body: {
        tool_outputs: calls.map(({ id, function: { arguments: text } }) => ({
          tool_call_id: id,
          output: `Weather for ${text}`,
        })),
      },
    });
  }
}

/** Returns the calls and the number of messages of steps. */
const getWork = (steps: readonly RunStep[]) =>
  steps.map(({ step_details: details }) =>
    details.type === 'tool_calls'
      ? details.tool_calls.map((call) => (call.type === 'function' ? call.function : call.type))
      : 'message',
  );

it('repeats the calls, outputs and messages of a run, and only reads from its server', async () => {
  const scenario: ScriptedScenario = ({ round }) =>
    [
      [
        'Let me look.',
        { call: 'get_weather', with: { city: 'Oslo' } },
        { call: 'get_weather', with: { city: 'Rome' } },
      ],
      [{ call: 'get_weather', with: { city: 'Bergen' } }],
      ['Rome is warmer.', { next: 'message' as const }, 'Bergen is wet.'],
    ][round] ?? [];
  const { client, requests, run } = await createRun(scenario);
  requests.length = 0;

  const { recorded, replayed } = await replayRun(client, run);

  expect(getWork(recorded.steps)).toHaveLength(5);
  expect(getWork(replayed.steps)).toEqual(getWork(recorded.steps));
  expect(replayed.run).toMatchObject({
    status: 'completed',
    thread_id: run.thread_id,
    assistant_id: run.assistant_id,
    tools: run.tools,
  });
  expect(replayed.run.id).not.toBe(run.id);
  expect(new Set(requests)).toEqual(new Set(['GET']));
});

it('refuses a run without functions', async () => {
  const { client, run } = await createRun([{ say: 'Hello.' }]);
  await expect(replayRun(client, run)).rejects.toThrow('This run has called no functions');
});

it('refuses a run whose question is not loaded', async () => {
  const scenario: ScriptedScenario = [{ say: { call: 'get_weather' }, after: 'Done.' }];
  const { client, run } = await createRun(scenario);
  const older = { ...run, created_at: run.created_at - 1_000 };
  await expect(replayRun(client, older)).rejects.toThrow('The question of this run is not among');
});
