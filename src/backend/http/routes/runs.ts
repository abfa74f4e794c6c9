import { isSettled } from '../../../protocol/runStatus.js';
import type { AssistantStreamEvent, ToolOutput } from '../../../protocol/types.js';
import { buildRun } from '../../domain/buildRun.js';
import {
  buildMessages,
  buildThread,
  MAX_MESSAGES_PER_THREAD,
  toMessageChange,
} from '../../domain/buildThread.js';
import { buildToolResources } from '../../domain/buildToolResources.js';
import { badRequest, missingParameter } from '../../domain/errors.js';
import { findAssistant, findRun, findThread } from '../../domain/findObjects.js';
import type { Change, Collections } from '../../stores/Store.js';
import { catchStoreError } from '../../stores/StoreError.js';
import type { BackendContext } from '../BackendContext.js';
import { readInclude } from '../dialect/include.js';
import { type Handlers, StreamedResponse } from '../operations.js';
import {
  createEventStreamResponse,
  type EventStreamOptions,
} from '../response/createEventStreamResponse.js';
import { listPage } from '../response/pagination.js';

type Run = Collections['runs'];

/** Creates the handlers for runs. */
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
  return { ...createRunRoutes(context), ...readRunRoutes(context), ...changeRunRoutes(context) };
}

function createRunRoutes(context: BackendContext): Handlers<'createRun' | 'createThreadAndRun'> {
  const { store, engine } = context;
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
        const count = await store.count('messages', thread.id);
        if (count + messages.length > MAX_MESSAGES_PER_THREAD) {
          throw badRequest(
            `Thread ${thread.id} cannot hold more than ${MAX_MESSAGES_PER_THREAD} messages.`,
          );
        }
        const run = buildRun(context, thread.id, assistant, body);
        await storeRun(context, run, messages.map(toMessageChange));
        const stream = body.stream === true ? { dialect, include } : undefined;
        return startRun(context, run, stream, signal);
      }),

    async createThreadAndRun({ body, dialect, signal }) {
      const assistant = await findAssistant(store, body.assistant_id);
      const { thread, changes } = await buildThread(context, body.thread);
      const run = buildRun(context, thread.id, assistant, body);
      if (body.tool_resources !== undefined) {
        const { fileIds } = await buildToolResources(context, body.tool_resources);
        run.file_ids = fileIds;
      }
      const first: AssistantStreamEvent[] = [{ event: 'thread.created', data: thread }];
      return context.withLock(thread.id, async () => {
        await storeRun(context, run, changes);
        const stream = body.stream === true ? { dialect, first } : undefined;
        return startRun(context, run, stream, signal);
      });
    },
  };
}

function readRunRoutes(context: BackendContext): Handlers<'listRuns' | 'getRun'> {
  const { store, engine } = context;
  return {
    listRuns: ({ params, query }) =>
      context.withLock(params.thread_id, async () => {
        const thread = await findThread(store, params.thread_id);
        // Expires the newest run if its time is up, so that the page shows its current status.
        await catchStoreError(engine.findActiveRun(thread.id), undefined);
        return listPage(store, 'runs', query, { parent: thread.id });
      }),

    getRun: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        return catchStoreError(engine.applyExpiry(run), run);
      }),
  };
}

function changeRunRoutes(
  context: BackendContext,
): Handlers<'modifyRun' | 'cancelRun' | 'submitToolOutputsToRun'> {
  const { store, engine } = context;

  /** Must be called while the thread is locked. */
  const findCurrentRun = async (threadId: string, runId: string) =>
    engine.applyExpiry(await findRun(store, threadId, runId));

  return {
    modifyRun: ({ params, body }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findCurrentRun(params.thread_id, params.run_id);
        if (body.metadata === undefined) return run;
        const changed = { ...run, metadata: body.metadata ?? {} };
        await store.write([{ type: 'put', collection: 'runs', object: changed }]);
        return changed;
      }),

    cancelRun: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findCurrentRun(params.thread_id, params.run_id);
        if (run.status === 'cancelling' || isSettled(run.status)) {
          throw badRequest(`Cannot cancel run with status '${run.status}'.`);
        }
        return engine.cancel(run, store);
      }),

    submitToolOutputsToRun: ({ params, body, dialect, signal }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findCurrentRun(params.thread_id, params.run_id);
        const outputs = readToolOutputs(run, body.tool_outputs);
        // Subscribed before the run is resumed, so that the stream misses no event.
        const events = body.stream === true ? engine.subscribe(run.id, signal) : undefined;
        const queued = await engine.submitToolOutputs(run, outputs, store);
        if (events === undefined) return queued;
        return new StreamedResponse(createEventStreamResponse(events, { dialect }), queued);
      }),
  };
}

async function storeRun({ store }: BackendContext, run: Run, changes: Change[]): Promise<void> {
  await store.write([
    ...changes,
    { type: 'put', collection: 'runs', object: run, parent: run.thread_id },
  ]);
}

/** Starts a stored run. `stream` is undefined for requests without a stream. */
function startRun(
  { engine }: BackendContext,
  run: Run,
  stream: EventStreamOptions | undefined,
  signal: AbortSignal,
): Run | StreamedResponse<Run> {
  if (stream === undefined) {
    engine.start(run);
    return run;
  }
  // Subscribed before the run is started, so that the stream misses no event.
  const events = engine.subscribe(run.id, signal);
  engine.start(run);
  return new StreamedResponse(createEventStreamResponse(events, stream), run);
}

/**
 * Returns the outputs by call id.
 * @throws HttpError 400 unless there is exactly one output for each call that the run waits for.
 */
function readToolOutputs(run: Run, toolOutputs: readonly ToolOutput[]): Map<string, string> {
  if (run.status !== 'requires_action' || run.required_action === null) {
    throw badRequest(`Runs in status "${run.status}" do not accept tool outputs.`);
  }
  const ids = toolOutputs.map(({ tool_call_id: id }, index) => {
    if (id === undefined) throw missingParameter(`tool_outputs[${index}].tool_call_id`);
    return id;
  });
  const expected = run.required_action.submit_tool_outputs.tool_calls.map(({ id }) => id);
  const outputs = new Map(toolOutputs.map(({ output }, index) => [ids[index] ?? '', output ?? '']));
  if (ids.length !== expected.length || !expected.every((id) => outputs.has(id))) {
    throw badRequest(
      `Expected tool outputs for call_ids ${formatIds(expected)}, got ${formatIds(ids)}`,
    );
  }
  return outputs;
}

function formatIds(ids: readonly string[]): string {
  return `[${ids.map((id) => `'${id}'`).join(', ')}]`;
}
