import type { Message, MessageDelta, RunStep, RunStepDelta } from '../../../protocol/types.js';
import { INCLUDE_SEARCH_CONTENT, removeSearchContent } from './include.js';
import { mapCitations, type WireAnnotation } from './mapCitations.js';
import { removeProvider } from './removeProvider.js';
import type { StoredAssistant, StoredRun, WireObject } from './WireObject.js';

/** Removes the fields of version 1 and internal fields. `include` lists the optional fields to keep. */
export function projectToV2(object: WireObject, include: readonly string[]): WireObject {
  switch (object.object) {
    case 'assistant':
      return projectAssistant(object);
    case 'thread.run':
      return projectRun(object);
    case 'thread.message':
      return projectMessage(object);
    case 'thread.message.delta':
      return projectMessageDelta(object);
    case 'thread.run.step':
      return projectStep(object, include);
    case 'thread.run.step.delta':
      return projectStep(object, include);
    default:
      return object;
  }
}

function projectAssistant(assistant: StoredAssistant): StoredAssistant {
  const { file_ids: _1, reasoning_effort: _2, ...rest } = assistant;
  return rest;
}

function projectRun(run: StoredRun): StoredRun {
  const { file_ids: _1, reasoning_effort: _2, vector_store_ids: _3, ...rest } = run;
  return rest;
}

function projectMessage(message: Message): Message {
  const { file_ids: _, ...rest } = message;
  return { ...rest, content: rest.content.map((part) => mapCitations(part, removeQuote)) };
}

function projectMessageDelta(event: MessageDelta): MessageDelta {
  const { file_ids: _, ...delta } = event.delta;
  const content = delta.content?.map((part) => mapCitations(part, removeQuote));
  return { ...event, delta: { ...delta, ...(content && { content }) } };
}

function projectStep<Step extends RunStep | RunStepDelta>(
  stored: Step,
  include: readonly string[],
): Step {
  const step = removeProvider(stored);
  return include.includes(INCLUDE_SEARCH_CONTENT) ? step : removeSearchContent(step);
}

/**
 * Version 2 has a field for quotes in message deltas, but not in messages. They are removed from both, so that a message built
 * from deltas equals the stored one.
 */
function removeQuote<Annotation extends WireAnnotation>(annotation: Annotation): Annotation {
  const { quote: _, ...citation } = annotation.file_citation ?? {};
  return { ...annotation, file_citation: citation };
}
