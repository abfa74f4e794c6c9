import { mergeMessageDelta } from '../../protocol/delta.js';
import type { MessageDelta } from '../../protocol/types.js';
import { ModelError } from '../models/Model.js';
import type { Collections } from '../stores/Store.js';
import { createStepEndBatch } from './batches.js';
import { createMessage, createStep, createStepEvents } from './objectFactories.js';
import type { RunContext } from './RunContext.js';
import { withBuiltInMark } from './stepProvider.js';

/** A step that writes a message. */
export interface OpenMessage {
  kind: 'message';
  message: Collections['messages'];
  step: Collections['steps'];
}

/** A step that collects function calls. */
export interface OpenCalls {
  kind: 'calls';
  step: Collections['steps'];
}

/** A step with one call of a tool that the server of the model runs itself. */
export interface OpenBuiltInCall {
  kind: 'builtIn';
  callId: string;
  step: Collections['steps'];
}

type OpenStep = OpenMessage | OpenCalls | OpenBuiltInCall;

/** A part of the content of a message, as a delta. */
export type DeltaContent = NonNullable<MessageDelta['delta']['content']>[number];

/** Opens and closes the steps of a run. At most one step is open. */
export interface StepWriter {
  getOpen: () => OpenStep | undefined;
  /** Returns the open message step. Closes another step and opens one first if necessary. */
  openMessage: () => Promise<OpenMessage>;
  /** Returns the open step of function calls. Closes another step and opens one first if necessary. */
  openCalls: () => Promise<OpenCalls>;
  /**
   * Returns the open step of a call that the server of the model runs. Closes another step and opens one first if necessary.
   * Returns undefined if the step of the call was closed already.
   */
  openBuiltInCall: (callId: string) => Promise<OpenBuiltInCall | undefined>;
  /** Completes the open step. */
  close: () => Promise<void>;
  /** Appends content to a message in the overlay and publishes it. */
  growMessage: (open: OpenMessage, content: DeltaContent) => void;
}

/** Creates a step writer without an open step. */
export function createStepWriter(context: RunContext): StepWriter {
  const { run, store, memory } = context;
  const toolNotice = describeMissingTools(context);
  const builtInCallIds = new Set<string>();
  let open: OpenStep | undefined;

  async function close(): Promise<void> {
    if (open === undefined) return;
    const { step } = open;
    await context.commit(() =>
      createStepEndBatch(store, step, { status: 'completed' }, context.seconds(), memory.stepUsage),
    );
    memory.stepUsage = null;
    open = undefined;
  }

  async function openMessage(): Promise<OpenMessage> {
    if (open?.kind === 'message') return open;
    await close();
    const created = createMessage(context);
    const details = { message_id: created.id };
    const step = createStep(
      context,
      { type: 'message_creation', message_creation: details },
      toolNotice,
    );
    const { id: step_id, reasoning } = step;
    const message: OpenMessage['message'] = reasoning
      ? { ...created, reasoning: { step_id, duration_ms: reasoning.duration_ms } }
      : created;
    await context.commit(() => ({
      changes: [
        { type: 'put', collection: 'steps', object: step, parent: run.id },
        { type: 'put', collection: 'messages', object: message, parent: run.thread_id },
      ],
      events: [
        ...createStepEvents(step),
        { event: 'thread.message.created', data: message },
        { event: 'thread.message.in_progress', data: message },
      ],
    }));
    const opened: OpenMessage = { kind: 'message', message, step };
    open = opened;
    return opened;
  }

  async function openCalls(): Promise<OpenCalls> {
    if (open?.kind === 'calls') return open;
    await close();
    const step = createStep(context, { type: 'tool_calls', tool_calls: [] }, toolNotice);
    await storeStep(context, step);
    const opened: OpenCalls = { kind: 'calls', step };
    open = opened;
    return opened;
  }

  async function openBuiltInCall(callId: string): Promise<OpenBuiltInCall | undefined> {
    if (open?.kind === 'builtIn' && open.callId === callId) return open;
    if (builtInCallIds.has(callId)) return undefined;
    builtInCallIds.add(callId);
    await close();
    const created = createStep(context, { type: 'tool_calls', tool_calls: [] }, toolNotice);
    const step = withBuiltInMark(created);
    await storeStep(context, step);
    const opened: OpenBuiltInCall = { kind: 'builtIn', callId, step };
    open = opened;
    return opened;
  }

  function growMessage(into: OpenMessage, content: DeltaContent): void {
    const data: MessageDelta = {
      id: into.message.id,
      object: 'thread.message.delta',
      delta: { content: [content] },
    };
    const merged = mergeMessageDelta(into.message, data);
    if (merged === undefined) {
      throw new ModelError('server_error', 'The model sent an invalid annotation.');
    }
    into.message = { ...into.message, content: merged.content };
    store.grow(data.id, { content: merged.content });
    context.publish({ event: 'thread.message.delta', data });
  }

  return { getOpen: () => open, openMessage, openCalls, openBuiltInCall, close, growMessage };
}

function storeStep(context: RunContext, step: Collections['steps']): Promise<void> {
  return context.commit(() => ({
    changes: [{ type: 'put', collection: 'steps', object: step, parent: context.run.id }],
    events: createStepEvents(step),
  }));
}

/** Returns the metadata of the steps of a run with a tool that its model was not offered. */
function describeMissingTools({
  run: { tools },
  builtInTools,
}: RunContext): Record<string, string> {
  const isMissing =
    tools.some(({ type }) => type === 'code_interpreter') &&
    !builtInTools.includes('code_interpreter');
  if (!isMissing) return {};
  return {
    notice:
      'The model was not offered the tool code_interpreter, because this server has no sandbox to run code in.',
  };
}
