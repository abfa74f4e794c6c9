import { mergeMessageDelta } from '../../protocol/delta.js';
import type { MessageDelta, RunStep, Usage } from '../../protocol/types.js';
import { ModelError, type ModelEvent } from '../models/model.js';
import type { Collections } from '../stores/Store.js';
import { endStepBatch } from './batch.js';
import { growStep } from './growStep.js';
import { newFile, newMessage, newStep, stepOpened } from './objectFactories.js';
import type { Outcome } from './outcome.js';
import { runFileSearch } from './runFileSearch.js';
import type { Work } from './work.js';

/** A model's answer on its way into the store and the stream. */
export interface Answer {
  take(event: ModelEvent): Promise<void>;
  /** How the run goes on now that the model has ended: to its end, to `requires_action` with these calls, or to another answer. */
  end(): Outcome | { calls: RunStep } | { status: 'searched' };
}

type Open =
  | { kind: 'message'; message: Collections['messages']; step: RunStep }
  | { kind: 'calls'; step: RunStep };
type DeltaContent = NonNullable<MessageDelta['delta']['content']>[number];

/** Writes what a model says as steps and messages, one at a time. */
export function createAnswer(work: Work): Answer {
  const { run, store, memory } = work;
  let open: Open | undefined;
  let outcome: Outcome = { status: 'completed' };
  let searched = false;

  async function close(): Promise<void> {
    if (open === undefined) return;
    const { step } = open;
    await work.change(() =>
      endStepBatch(store, step, { status: 'completed' }, work.seconds(), memory.stepUsage),
    );
    memory.stepUsage = null;
    open = undefined;
  }

  async function openedMessage(): Promise<Open & { kind: 'message' }> {
    if (open?.kind === 'message') return open;
    await close();
    const message = newMessage(work);
    const step = newStep(work, {
      type: 'message_creation',
      message_creation: { message_id: message.id },
    });
    await work.change(() => ({
      changes: [
        { type: 'put', collection: 'steps', object: step, parent: run.id },
        { type: 'put', collection: 'messages', object: message, parent: run.thread_id },
      ],
      events: [
        ...stepOpened(step),
        { event: 'thread.message.created', data: message },
        { event: 'thread.message.in_progress', data: message },
      ],
    }));
    return (open = { kind: 'message', message, step });
  }

  async function openedCalls(): Promise<Open & { kind: 'calls' }> {
    if (open?.kind === 'calls') return open;
    await close();
    const step = newStep(work, { type: 'tool_calls', tool_calls: [] });
    await work.change(() => ({
      changes: [{ type: 'put', collection: 'steps', object: step, parent: run.id }],
      events: stepOpened(step),
    }));
    return (open = { kind: 'calls', step });
  }

  function growMessage(into: Open & { kind: 'message' }, content: DeltaContent): void {
    const data: MessageDelta = {
      id: into.message.id,
      object: 'thread.message.delta',
      delta: { content: [content] },
    };
    const merged = mergeMessageDelta(into.message, data);
    if (merged === undefined)
      throw new ModelError('server_error', 'The model gave an annotation of an unknown shape.');
    into.message = { ...into.message, content: merged.content };
    store.grow(data.id, { content: merged.content });
    work.publish({ event: 'thread.message.delta', data });
  }

  async function takeText(text: string): Promise<Open & { kind: 'message' }> {
    const into = await openedMessage();
    const index = into.message.content.length - 1;
    if (into.message.content[index]?.type !== 'text') {
      growMessage(into, { index: index + 1, type: 'text', text: { value: text, annotations: [] } });
    } else if (text !== '') {
      growMessage(into, { index, type: 'text', text: { value: text } });
    }
    return into;
  }

  async function takeRefusal(refusal: string): Promise<void> {
    const into = await openedMessage();
    const last = into.message.content.length - 1;
    const index = into.message.content[last]?.type === 'refusal' ? last : last + 1;
    growMessage(into, { index, type: 'refusal', refusal });
  }

  async function takeAnnotation(
    annotation: (ModelEvent & { type: 'annotation' })['annotation'],
  ): Promise<void> {
    const into = await takeText('');
    const index = into.message.content.length - 1;
    const block = into.message.content[index];
    const place = block?.type === 'text' ? block.text.annotations.length : 0;
    growMessage(into, {
      index,
      type: 'text',
      text: { annotations: [{ index: place, ...annotation }] },
    });
  }

  async function takeArguments(event: ModelEvent & { type: 'arguments' }): Promise<void> {
    const details = open?.step.step_details;
    const calls = details?.type === 'tool_calls' ? details.tool_calls : [];
    const index =
      event.callId === undefined
        ? calls.length - 1
        : calls.findIndex((call) => call.id === event.callId);
    if (open?.kind !== 'calls' || index < 0) {
      throw new ModelError(
        'server_error',
        'The model gave arguments to a function that it does not call.',
      );
    }
    open.step = growStep(work, open.step, {
      index,
      type: 'function',
      function: { arguments: event.text },
    });
  }

  async function take(event: ModelEvent): Promise<void> {
    if (open?.kind === 'calls' && mustWait(event)) {
      memory.held.push(event);
      return;
    }
    // What is said before a call and behind it are two messages, also when both have to wait.
    if (event.type === 'toolCall' && memory.held.length > 0) memory.held.push({ type: 'message' });
    if (event.type !== 'usage' && event.type !== 'finish') searched = event.type === 'search';
    switch (event.type) {
      case 'text':
        if (event.text !== '') await takeText(event.text);
        return;
      case 'annotation':
        return takeAnnotation(event.annotation);
      case 'refusal':
        if (event.text !== '') await takeRefusal(event.text);
        return;
      case 'image': {
        const into = await openedMessage();
        const index = into.message.content.length;
        return growMessage(into, {
          index,
          type: 'image_file',
          image_file: { file_id: event.fileId },
        });
      }
      case 'message':
        return close();
      case 'toolCall': {
        const into = await openedCalls();
        const index =
          into.step.step_details.type === 'tool_calls'
            ? into.step.step_details.tool_calls.length
            : 0;
        const named = { name: event.name, arguments: '', output: null };
        into.step = growStep(work, into.step, {
          index,
          id: event.id ?? work.id('call_'),
          type: 'function',
          function: named,
        });
        return;
      }
      case 'arguments':
        return takeArguments(event);
      case 'search':
        await close();
        return runFileSearch(work, event);
      case 'file':
        return work.change(() => newFile(work, event));
      case 'usage':
        memory.usage = addUsage(memory.usage, event);
        memory.stepUsage = addUsage(memory.stepUsage, event);
        return;
      case 'finish':
        if (event.reason !== 'stop' && event.reason !== 'tool_calls') {
          outcome = { status: 'incomplete', reason: event.reason };
        }
    }
  }

  return {
    take,
    end() {
      if (outcome.status !== 'completed') return outcome;
      if (open?.kind === 'calls') return { calls: open.step };
      return searched ? { status: 'searched' } : outcome;
    },
  };
}

/** What makes a step of its own: it waits until the outputs of the open calls are in. */
function mustWait({ type }: ModelEvent): boolean {
  return ['text', 'annotation', 'image', 'refusal', 'message', 'search'].includes(type);
}

function addUsage(usage: Usage | null, event: ModelEvent & { type: 'usage' }): Usage {
  const prompt_tokens = (usage?.prompt_tokens ?? 0) + event.promptTokens;
  const completion_tokens = (usage?.completion_tokens ?? 0) + event.completionTokens;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
