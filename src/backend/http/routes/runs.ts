import { isSettled } from '../../../protocol/runStatus.js';
import type { AssistantStreamEvent, ToolOutput } from '../../../protocol/types.js';
import type { BackendContext } from '../../context.js';
import { badRequest, missingParameter } from '../../domain/errors.js';
import { eventStream, type EventStreamOptions } from '../eventStream.js';
import type { Handlers } from '../http.js';
import { readInclude } from '../include.js';
import { findAssistant, findRun, findThread } from '../../domain/lookup.js';
import { newRun } from '../../domain/newRun.js';
import { MESSAGES_PER_THREAD, newMessages, newThread, putMessage } from '../../domain/newThread.js';
import { listPage } from '../page.js';
import type { Change, Collections } from '../../stores/store.js';
import { catchHttpError } from '../../stores/storeError.js';
import { newToolResources } from '../../domain/toolResources.js';

type Run = Collections['runs'];

/** The operations on runs. */
export function runRoutes(
  context: BackendContext,
): Handlers<
  | 'createRun'
  | 'createThreadAndRun'
  | 'listRuns'
  | 'getRun'
  | 'modifyRun'
  | 'cancelRun'
  | 'submitToolOutputsToRun'
> {
  const { store, engine } = context;

  /** A run as it is now, inside the lock of its thread. */
  const currentRun = async (threadId: string, runId: string) =>
    engine.fresh(await findRun(store, threadId, runId));

  return {
    createRun: ({ params, query, body, dialect, signal }) =>
      context.exclusive(params.thread_id, async () => {
        const include = readInclude(query);
        const thread = await findThread(store, params.thread_id);
        const assistant = await findAssistant(store, body.assistant_id);
        const active = await engine.activeRun(thread.id);
        if (active !== undefined)
          throw badRequest(`Thread ${thread.id} already has an active run ${active.id}.`);
        const messages = await newMessages(
          context,
          thread.id,
          body.additional_messages ?? [],
          'additional_messages',
        );
        if ((await store.count('messages', thread.id)) + messages.length > MESSAGES_PER_THREAD) {
          throw badRequest(
            `Thread ${thread.id} cannot hold more than ${MESSAGES_PER_THREAD} messages.`,
          );
        }
        const run = newRun(context, thread.id, assistant, body);
        return begin(run, messages.map(putMessage), {
          stream: body.stream === true,
          dialect,
          include,
          signal,
        });
      }),

    async createThreadAndRun({ body, dialect, signal }) {
      const assistant = await findAssistant(store, body.assistant_id);
      const { thread, changes } = await newThread(context, body.thread);
      const run = newRun(context, thread.id, assistant, body);
      if (body.tool_resources !== undefined) {
        run.file_ids = (await newToolResources(context, body.tool_resources)).fileIds;
      }
      const first: AssistantStreamEvent[] = [{ event: 'thread.created', data: thread }];
      return context.exclusive(thread.id, () =>
        begin(run, changes, { stream: body.stream === true, dialect, signal, first }),
      );
    },

    listRuns: ({ params, query }) =>
      context.exclusive(params.thread_id, async () => {
        const thread = await findThread(store, params.thread_id);
        // Expires the one run that can be due, so that the page shows it as it is.
        await catchHttpError(engine.activeRun(thread.id), undefined);
        return listPage(store, 'runs', query, { parent: thread.id });
      }),

    getRun: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        return catchHttpError(engine.fresh(run), run);
      }),

    modifyRun: ({ params, body }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        if (body.metadata === undefined) return run;
        const changed = { ...run, metadata: body.metadata ?? {} };
        await store.write([{ put: 'runs', object: changed }]);
        return changed;
      }),

    cancelRun: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        if (run.status === 'cancelling' || isSettled(run.status)) {
          throw badRequest(`Cannot cancel run with status '${run.status}'.`);
        }
        return engine.cancel(run, store);
      }),

    submitToolOutputsToRun: ({ params, body, dialect, signal }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        const outputs = checkOutputs(run, body.tool_outputs);
        const events = body.stream === true ? engine.subscribe(run.id, signal) : undefined;
        const queued = await engine.submitToolOutputs(run, outputs, store);
        return events === undefined
          ? queued
          : { response: eventStream(events, { dialect }), object: queued };
      }),
  };

  async function begin(
    run: Run,
    before: Change[],
    { stream, signal, ...options }: EventStreamOptions & { stream: boolean; signal: AbortSignal },
  ) {
    await store.write([...before, { put: 'runs', object: run, parent: run.thread_id }]);
    const events = stream ? engine.subscribe(run.id, signal) : undefined;
    engine.start(run);
    return events === undefined ? run : { response: eventStream(events, options), object: run };
  }
}

/** The outputs by call id, exactly one for each call that the run waits for. @throws HttpError 400 */
function checkOutputs(run: Run, given: readonly ToolOutput[]): Map<string, string> {
  if (run.status !== 'requires_action' || run.required_action === null) {
    throw badRequest(`Runs in status "${run.status}" do not accept tool outputs.`);
  }
  const ids = given.map(({ tool_call_id: id }, index) => {
    if (id === undefined) throw missingParameter(`tool_outputs[${index}].tool_call_id`);
    return id;
  });
  const expected = run.required_action.submit_tool_outputs.tool_calls.map(({ id }) => id);
  const outputs = new Map(given.map(({ output }, index) => [ids[index] ?? '', output ?? '']));
  if (ids.length !== expected.length || !expected.every((id) => outputs.has(id))) {
    throw badRequest(`Expected tool outputs for call_ids ${quoted(expected)}, got ${quoted(ids)}`);
  }
  return outputs;
}

function quoted(ids: readonly string[]): string {
  return `[${ids.map((id) => `'${id}'`).join(', ')}]`;
}
