/**
 * npm run bench:requests: counts the requests of a turn: those of a conversation, and those of a page that asks for the run each
 * second with the official client. Exits 1 if a conversation needs more.
 */
import { exit } from 'node:process';
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import OpenAI from 'openai-6';
import { createBackend } from '../src/backend/createBackend.js';
import { createAssistantsClient } from '../src/client/createAssistantsClient.js';
import { createConversation } from '../src/core/conversation/createConversation.js';
import { listMessagesOptions } from '../src/queries/messages.js';
import { printTable } from './report.js';

/** @typedef {import('../src/core/run/FollowedRun.js').FollowedRun} FollowedRun */
/** @typedef {{ text: string, isFirst?: true }} Turn */

const WORDS = 100;
const WORD_MS = 100;
const POLL = { pollIntervalMs: 1_000 };
const CALL = 'Call your functions.';
const FUNCTIONS = ['a', 'b', 'c'].map((name) => ({
  type: /** @type {const} */ ('function'),
  function: { name, parameters: { type: 'object', properties: {} } },
}));

const TURNS = /** @type {Record<string, Turn>} */ ({
  'the first message of a thread': { text: 'Hello', isFirst: true },
  'another message': { text: 'Hello' },
  'a message whose answer calls three functions': { text: CALL },
});

const rows = await Promise.all(
  Object.entries(TURNS).map(async ([what, turn]) => {
    const [ours, polled] = await Promise.all([countOurs(turn), countPolled(turn)]);
    return { what, ours, 'asked each second': polled, ratio: Number((ours / polled).toFixed(2)) };
  }),
);
printTable(`Requests of a turn whose answer takes ${(WORDS * WORD_MS) / 1_000} s`, rows);
exit(rows.some(({ ratio }) => ratio > 1) ? 1 : 0);

/**
 * Sends a message in a conversation, and answers its calls. Resolves with the number of requests.
 *
 * @param {Turn} turn
 */
async function countOurs(turn) {
  const { backend, client, counter, assistantId, threadId } = await start(turn);
  const queryClient = new QueryClient();
  const conversation = createConversation(client, queryClient, threadId);
  const observer = createThreadObserver(client, queryClient);
  await observer.show(threadId);
  counter.count = 0;
  /** @type {FollowedRun | undefined} */
  let followed;
  await new Promise((resolve) => {
    conversation.configure({ assistantId, onRunSettled: resolve });
    conversation.subscribe(() => {
      const state = conversation.getState();
      void observer.show(state.threadId);
      if (state.followed !== followed) state.followed?.subscribe(submitOnce(state.followed));
      followed = state.followed;
    });
    void conversation.send(turn.text);
  });
  conversation.detach();
  observer.hide();
  await backend.close();
  return counter.count;
}

/**
 * Observes the messages of a thread, as a page does that shows it.
 *
 * @param {import('../src/client/AssistantsClient.js').AssistantsClient} client
 * @param {QueryClient} queryClient
 */
function createThreadObserver(client, queryClient) {
  /** @type {(() => void) | undefined} */
  let unsubscribe;
  return {
    /** Resolves when the messages are loaded. @param {string | undefined} threadId */
    async show(threadId) {
      if (threadId === undefined || unsubscribe !== undefined) return;
      const options = listMessagesOptions(client, { threadId });
      unsubscribe = new InfiniteQueryObserver(queryClient, options).subscribe(() => undefined);
      while (queryClient.isFetching() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    hide: () => unsubscribe?.(),
  };
}

/**
 * Returns a listener that answers the calls of a run once.
 *
 * @param {FollowedRun} followed
 */
function submitOnce(followed) {
  let isSubmitted = false;
  return () => {
    const { run } = followed.getState();
    if (isSubmitted || run?.status !== 'requires_action') return;
    isSubmitted = true;
    void followed.submit(toOutputs(run));
  };
}

/**
 * Sends a message as a page does that asks for its run each second. Resolves with the number of requests.
 *
 * @param {Turn} turn
 */
async function countPolled(turn) {
  const { backend, fetch, counter, assistantId, threadId } = await start(turn);
  const { threads } = new OpenAI({
    apiKey: 'sk-test',
    baseURL: 'http://localhost/v1',
    fetch: (url, init) => fetch(new Request(url, init)),
  }).beta;
  const id = threadId ?? (await threads.create()).id;
  await threads.messages.create(id, { role: 'user', content: turn.text });
  const run = await threads.runs.createAndPoll(id, { assistant_id: assistantId }, POLL);
  if (run.status === 'requires_action')
    await threads.runs.submitToolOutputsAndPoll(
      run.id,
      { thread_id: id, tool_outputs: toOutputs(run) },
      POLL,
    );
  await threads.messages.list(id);
  await backend.close();
  return counter.count;
}

/**
 * Returns an output for each call that a run waits for.
 *
 * @param {Pick<import('../src/protocol/types.js').Run, 'required_action'>} run
 */
function toOutputs({ required_action: action }) {
  const calls = action?.submit_tool_outputs.tool_calls ?? [];
  return calls.map(({ id }) => ({ tool_call_id: id, output: 'Done.' }));
}

/**
 * Starts a backend that counts its requests, with an assistant, and with a thread unless the turn creates it.
 *
 * @param {Turn} turn
 */
async function start({ isFirst }) {
  const counter = { count: 0 };
  const backend = createBackend({ model: { respond } });
  const fetch = (/** @type {Request} */ request) => {
    counter.count += 1;
    return backend.fetch(request);
  };
  const client = createAssistantsClient({ fetch });
  const assistant = await client.createAssistant({ body: { model: 'm', tools: FUNCTIONS } });
  const thread = isFirst ? undefined : await client.createThread();
  counter.count = 0;
  return { backend, fetch, client, counter, assistantId: assistant.id, threadId: thread?.id };
}

/**
 * Calls the functions if the last message asks for it, and writes an answer otherwise.
 *
 * @param {import('../src/backend/models/Model.js').ModelRequest} request
 * @returns {AsyncGenerator<import('../src/backend/models/Model.js').ModelEvent>}
 */
async function* respond({ messages }) {
  if (JSON.stringify(messages.at(-1)).includes(CALL)) {
    for (const { name } of FUNCTIONS.map((tool) => tool.function)) {
      yield { type: 'toolCall', name };
      yield { type: 'arguments', text: '{}' };
    }
    return yield { type: 'finish', reason: 'tool_calls' };
  }
  for (let word = 0; word < WORDS; word++) {
    await new Promise((resolve) => setTimeout(resolve, WORD_MS));
    yield { type: 'text', text: 'word ' };
  }
  yield { type: 'finish', reason: 'stop' };
}
