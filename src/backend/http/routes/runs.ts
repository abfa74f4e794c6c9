import { isSettled } from '../../../protocol/runStatus.js';
import type { AssistantStreamEvent, ToolOutput } from '../../../protocol/types.js';
import { buildRun } from '../../domain/buildRun.js';
import {
  buildMessages,
  buildThread,
  MAX_MESSAGES_PER_THREAD,
  toMessageChange,
} from '../../domain/buildThread.js';
import { buildToolResources, listVectorStoreIds } from '../../domain/buildToolResources.js';
import { badRequest, eventsExpired, missingParameter, shorten } from '../../domain/errors.js';
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
import { withAttachedFiles } from '../withAttachedFiles.js';

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
    createRun: ({ params, query, body, dialect, acceptsReasoning, signal }) =>
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
        await withAttachedFiles(context, thread, messages, ({ changes }) =>
          storeRun(context, run, [...changes, ...messages.map(toMessageChange)]),
        );
        const stream = body.stream === true ? { dialect, include, acceptsReasoning } : undefined;
        return startRun(context, run, stream, signal);
      }),

    async createThreadAndRun({ body, dialect, acceptsReasoning, signal }) {
      const assistant = await findAssistant(store, body.assistant_id);
      const { thread, attached, changes } = await buildThread(context, body.thread);
      const run = buildRun(context, thread.id, assistant, body);
      if (body.tool_resources !== undefined) {
        const { fileIds, toolResources } = await buildToolResources(context, body.tool_resources);
        run.file_ids = fileIds;
        run.vector_store_ids = listVectorStoreIds(toolResources);
      }
      return context.withLock(thread.id, async () => {
        const created = await withAttachedFiles(context, thread, attached, async (added) => {
          await storeRun(context, run, [...changes, ...added.changes]);
          return added.thread;
        });
        const first: AssistantStreamEvent[] = [{ event: 'thread.created', data: created }];
        const stream = body.stream === true ? { dialect, acceptsReasoning } : undefined;
        return startRun(context, run, stream, signal, first);
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
        // Settles the newest run if it is due, so that the page shows its current status.
        await catchStoreError(engine.findActiveRun(thread.id), undefined);
        return listPage(store, 'runs', query, { parent: thread.id });
      }),

    async getRun({ params, query, dialect, acceptsReasoning, signal }) {
      const run = await context.withLock(params.thread_id, async () => {
        const stored = await findRun(store, params.thread_id, params.run_id);
        return catchStoreError(engine.settleIfDue(stored), stored);
      });
      if (query.get('stream') !== 'true') return run;
      const after = readStartingAfter(query);
      // Without the lock, which the process that works on the run needs.
      await engine.load(run, after ?? 0);
      const events = engine.read(run.id, after, signal);
      if (events === undefined) throw eventsExpired(run.id);
      return new StreamedResponse(
        createEventStreamResponse(events, { dialect, acceptsReasoning }),
        run,
      );
    },
  };
}

function changeRunRoutes(
  context: BackendContext,
): Handlers<'modifyRun' | 'cancelRun' | 'submitToolOutputsToRun'> {
  const { store, engine } = context;

  /** Must be called while the thread is locked. */
  const findCurrentRun = async (threadId: string, runId: string) =>
    engine.settleIfDue(await findRun(store, threadId, runId));

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

    submitToolOutputsToRun: ({ params, body, dialect, acceptsReasoning, signal }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findCurrentRun(params.thread_id, params.run_id);
        const outputs = readToolOutputs(run, body.tool_outputs);
        const { run: queued, after } = await engine.submitToolOutputs(run, outputs, store);
        const events = body.stream === true ? engine.read(run.id, after, signal) : undefined;
        if (events === undefined) return queued;
        return new StreamedResponse(
          createEventStreamResponse(events, { dialect, acceptsReasoning }),
          queued,
        );
      }),
  };
}

async function storeRun(
  { store, engine }: BackendContext,
  run: Run,
  changes: Change[],
): Promise<void> {
  await store.write([
    ...changes,
    { type: 'put', collection: 'runs', object: run, parent: run.thread_id },
    engine.toLeaseChange(run),
  ]);
}

/** Starts a stored run. `stream` is undefined for requests without a stream. `first` are the events before those of the run. */
function startRun(
  { engine }: BackendContext,
  run: Run,
  stream: EventStreamOptions | undefined,
  signal: AbortSignal,
  first: readonly AssistantStreamEvent[] = [],
): Run | StreamedResponse<Run> {
  engine.start(run, first);
  const events = stream && engine.read(run.id, 0, signal);
  if (stream === undefined || events === undefined) return run;
  return new StreamedResponse(createEventStreamResponse(events, stream), run);
}

/**
 * Returns the sequence number after which a client wants to join a stream. Undefined to join at the newest segment. A number
 * of any size is valid: the log does not have events after one that it does not know.
 *
 * @throws HttpError 400
 */
function readStartingAfter(query: URLSearchParams): number | undefined {
  const text = query.get('starting_after');
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `'starting_after' must be the id of an event of the run, an integer, but is '${shorten(text)}'. Leave it out to start with the newest events.`,
      { param: 'starting_after' },
    );
  }
  return Number(text);
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
