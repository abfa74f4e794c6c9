import { createBackend } from '../../backend/createBackend.js';
import { scriptedModel } from '../../backend/models/scripted/scriptedModel.js';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { createAssistantsClient } from '../../client/createAssistantsClient.js';
import { sleep } from '../../common/sleep.js';
import { getRawMessageText } from '../../protocol/getRawMessageText.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { AssistantTool, Run, RunStep } from '../../protocol/types.js';
import { findQuestion } from '../../views/inspector/findQuestion.js';
import { createReplayScript, getFunctionCalls } from './createReplayScript.js';

/** A run and its steps, oldest first. */
export interface RecordedRun {
  run: Run;
  steps: readonly RunStep[];
}

/** A run, and its replay. */
export interface Replay {
  recorded: RecordedRun;
  replayed: RecordedRun;
}

const PAGE = { limit: 100 } as const;
/** Delay between two requests for the status of the replayed run, which a server in the page answers. */
const POLL_MS = 20;

/**
 * Replays a run with function calls: a backend in the page receives its question in a thread of its own, a scripted model makes
 * the same calls and writes the same texts, and the recorded outputs are submitted. Nothing is written to the server of the run.
 * Source: listRunSteps, listMessages, getMessage.
 *
 * @throws Error if the run has called no functions, or its question is not among the newest 100 messages
 */
export async function replayRun(client: AssistantsClient, run: Run): Promise<Replay> {
  const { thread_id: threadId, id: runId } = run;
  const { data: steps } = await client.listRunSteps({
    threadId,
    runId,
    query: { ...PAGE, order: 'asc' },
  });
  if (getFunctionCalls(steps).length === 0)
    throw new Error('This run has called no functions, so there is nothing to replay.');
  const question = await readQuestion(client, run);
  const { rounds, outputs } = createReplayScript(steps, await readTexts(client, run, steps));
  const { fetch } = createBackend({
    model: scriptedModel(({ round }) => rounds[round] ?? []),
    onError: () => undefined,
  });
  const scratch = createAssistantsClient({ fetch, retry: 0 });
  const started = await startRun(scratch, run, steps, question);
  const ended = await runToEnd(scratch, started, outputs);
  const replayed = await scratch.listRunSteps({
    threadId: ended.thread_id,
    runId: ended.id,
    query: { ...PAGE, order: 'asc' },
  });
  // The ids of the scratch server would be differences without a meaning.
  const ids = { assistant_id: run.assistant_id, thread_id: threadId };
  return {
    recorded: { run, steps },
    replayed: { run: { ...ended, ...ids }, steps: replayed.data },
  };
}

async function readQuestion(client: AssistantsClient, run: Run): Promise<string> {
  const { data } = await client.listMessages({
    threadId: run.thread_id,
    query: { ...PAGE, order: 'desc' },
  });
  const question = findQuestion(run, data);
  if (question === undefined)
    throw new Error(
      'The question of this run is not among the newest 100 messages of its thread, so it cannot be replayed.',
    );
  return question;
}

/** Reads the texts of the messages that a run has written, by id. */
async function readTexts(
  client: AssistantsClient,
  { thread_id: threadId }: Run,
  steps: readonly RunStep[],
): Promise<Map<string, string>> {
  const ids = steps.flatMap(({ step_details: details }) =>
    details.type === 'message_creation' ? [details.message_creation.message_id] : [],
  );
  const messages = await Promise.all(
    ids.map((messageId) => client.getMessage({ threadId, messageId })),
  );
  return new Map(messages.map((message) => [message.id, getRawMessageText(message)]));
}

async function startRun(
  scratch: AssistantsClient,
  { model, instructions, metadata, tools }: Run,
  steps: readonly RunStep[],
  question: string,
): Promise<Run> {
  const { id: assistantId } = await scratch.createAssistant({
    body: { model, tools: getTools(tools, steps) },
  });
  const { id: threadId } = await scratch.createThread({
    body: { messages: [{ role: 'user', content: question }] },
  });
  return scratch.createRun({
    threadId,
    body: { assistant_id: assistantId, instructions, metadata },
  });
}

/** Returns the functions of a run, and those that it has called without them. */
function getTools(tools: Run['tools'], steps: readonly RunStep[]): AssistantTool[] {
  const functions = tools.filter(({ type }) => type === 'function');
  const names = new Set(
    functions.map((tool) => (tool.type === 'function' ? tool.function.name : '')),
  );
  const missing = new Set(
    getFunctionCalls(steps)
      .map((call) => call.function.name)
      .filter((name) => !names.has(name)),
  );
  return [
    ...functions,
    ...[...missing].map((name) => ({ type: 'function', function: { name } }) as const),
  ];
}

/** Submits the recorded outputs until the run has ended. */
async function runToEnd(
  scratch: AssistantsClient,
  { thread_id: threadId, id: runId }: Run,
  outputs: ReadonlyMap<string, string>,
): Promise<Run> {
  for (;;) {
    const run = await scratch.getRun({ threadId, runId });
    if (isSettled(run.status)) return run;
    if (run.status === 'requires_action')
      await scratch.submitToolOutputsToRun({
        threadId,
        runId,
        body: { tool_outputs: getOutputs(run, outputs) },
      });
    else await sleep(POLL_MS);
  }
}

function getOutputs({ required_action: action }: Run, outputs: ReadonlyMap<string, string>) {
  const calls = action?.submit_tool_outputs.tool_calls ?? [];
  return calls.map(({ id }) => ({ tool_call_id: id, output: outputs.get(id) ?? '' }));
}
