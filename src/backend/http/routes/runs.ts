import { isSettled } from '../../../protocol/runStatus.js';
import type { AssistantStreamEvent, ToolOutput } from '../../../protocol/types.js';
import type { BackendContext } from '../BackendContext.js';
import { badRequest, missingParameter } from '../../domain/errors.js';
import {
  createEventStreamResponse,
  type EventStreamOptions,
} from '../response/createEventStreamResponse.js';
import type { Handlers } from '../operations.js';
import { readInclude } from '../response/include.js';
import { findAssistant, findRun, findThread } from '../../domain/findObjects.js';
import { buildRun } from '../../domain/buildRun.js';
import {
  MAX_MESSAGES_PER_THREAD,
  buildMessages,
  buildThread,
  toMessageChange,
} from '../../domain/buildThread.js';
import { listPage } from '../response/pagination.js';
import type { Change, Collections } from '../../stores/Store.js';
import { catchStoreError } from '../../stores/StoreError.js';
import { buildToolResources } from '../../domain/buildToolResources.js';

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
    engine.applyExpiry(await findRun(store, threadId, runId));

  return {
    createRun: ({ params, query, body, dialect, signal }) =>
      context.withLock(params.thread_id, async () => {
        const include = readInclude(query);
        const thread = await findThread(store, params.thread_id);
        const assistant = await findAssistant(store, body.assistant_id);
        const active = await engine.findActiveRun(thread.id);
        if (active !== undefined)
          throw badRequest(`Thread ${thread.id} already has an active run ${active.id}.`);
        const messages = await buildMessages(
          context,
          thread.id,
          body.additional_messages ?? [],
          'additional_messages',
        );
        if (
          (await store.count('messages', thread.id)) + messages.length >
          MAX_MESSAGES_PER_THREAD
        ) {
          throw badRequest(
            `Thread ${thread.id} cannot hold more than ${MAX_MESSAGES_PER_THREAD} messages.`,
          );
        }
        const run = buildRun(context, thread.id, assistant, body);
        return begin(run, messages.map(toMessageChange), {
          stream: body.stream === true,
          dialect,
          include,
          signal,
        });
      }),

    async createThreadAndRun({ body, dialect, signal }) {
      const assistant = await findAssistant(store, body.assistant_id);
      const { thread, changes } = await buildThread(context, body.thread);
      const run = buildRun(context, thread.id, assistant, body);
      if (body.tool_resources !== undefined) {
        run.file_ids = (await buildToolResources(context, body.tool_resources)).fileIds;
      }
      const first: AssistantStreamEvent[] = [{ event: 'thread.created', data: thread }];
      return context.withLock(thread.id, () =>
        begin(run, changes, { stream: body.stream === true, dialect, signal, first }),
      );
    },

    listRuns: ({ params, query }) =>
      context.withLock(params.thread_id, async () => {
        const thread = await findThread(store, params.thread_id);
        // Expires the one run that can be due, so that the page shows it as it is.
        await catchStoreError(engine.findActiveRun(thread.id), undefined);
        return listPage(store, 'runs', query, { parent: thread.id });
      }),

    getRun: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        return catchStoreError(engine.applyExpiry(run), run);
      }),

    modifyRun: ({ params, body }) =>
      context.withLock(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        if (body.metadata === undefined) return run;
        const changed = { ...run, metadata: body.metadata ?? {} };
        await store.write([{ type: 'put', collection: 'runs', object: changed }]);
        return changed;
      }),

    cancelRun: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        if (run.status === 'cancelling' || isSettled(run.status)) {
          throw badRequest(`Cannot cancel run with status '${run.status}'.`);
        }
        return engine.cancel(run, store);
      }),

    submitToolOutputsToRun: ({ params, body, dialect, signal }) =>
      context.withLock(params.thread_id, async () => {
        const run = await currentRun(params.thread_id, params.run_id);
        const outputs = checkOutputs(run, body.tool_outputs);
        const events = body.stream === true ? engine.subscribe(run.id, signal) : undefined;
        const queued = await engine.submitToolOutputs(run, outputs, store);
        return events === undefined
          ? queued
          : { response: createEventStreamResponse(events, { dialect }), object: queued };
      }),
  };

  async function begin(
    run: Run,
    before: Change[],
    { stream, signal, ...options }: EventStreamOptions & { stream: boolean; signal: AbortSignal },
  ) {
    await store.write([
      ...before,
      { type: 'put', collection: 'runs', object: run, parent: run.thread_id },
    ]);
    const events = stream ? engine.subscribe(run.id, signal) : undefined;
    engine.start(run);
    return events === undefined
      ? run
      : { response: createEventStreamResponse(events, options), object: run };
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
