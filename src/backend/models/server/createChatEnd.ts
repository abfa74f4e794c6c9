import { isRecord } from '../../../common/isRecord.js';
import type { ModelEvent } from '../Model.js';
import { collectForeign, hasWords } from './collectForeign.js';
import { isHeartbeat } from './isHeartbeat.js';
import {
  createContextFault,
  createInterruptedFault,
  type FinishReason,
  isComplete,
  isContextFull,
  isEarlyEnd,
  toFinishReason,
} from './finishAnswer.js';
import type { ServerFault } from './ServerFault.js';
import { type Fields, toChoices, toCount, toFields, toText } from './toFields.js';

/** Facts about the content of an answer. */
interface Content {
  hasContent(): boolean;
  /** Returns true if the arguments of all calls are complete. */
  hasWholeCalls(): boolean;
}

/** Creates a reader for the end of an answer: its finish reason and usage. They may come in any chunk; the last value applies. */
export function createChatEnd(createFault: (error: unknown) => ServerFault) {
  let name: string | undefined;
  let usage: ModelEvent | undefined;
  let isDone = false;
  const foreign = collectForeign(createFault);

  return {
    setDone() {
      isDone = true;
    },
    /** Sets words that are not an event. */
    setWords(text: string) {
      foreign.addWords(text);
    },
    /** @throws ServerFault if the server ends its answer for an unknown reason */
    read(fields: Fields, choice: Fields) {
      if (toChoices(fields['choices']).length > 0) foreign.pass();
      else if (isForeign(fields)) foreign.add(fields);
      usage = readUsage(fields['usage']) ?? usage;
      const reason = readFinishReason(fields, choice);
      if (reason !== '' && reason !== 'null') {
        // Some servers send another reason after the one that ended the answer early.
        if (isComplete(toFinishReason(reason)) && name !== undefined) return;
        name = reason;
      }
      // A message is complete, other than a delta.
      if (isMessage(choice['message']) && choice['delta'] === undefined) isDone = true;
    },
    hasReason: () => name !== undefined,
    /** @throws ServerFault if the answer has not ended */
    finish(content: Content): { reason: FinishReason; usage: ModelEvent | undefined } {
      const hasContent = content.hasContent();
      if (name === undefined || !hasContent) foreign.throwFault(hasContent);
      if (name === undefined) {
        // Some servers send no finish reason.
        if (!isDone || !content.hasWholeCalls()) throw createInterruptedFault();
        return { reason: 'stop', usage };
      }
      if (isContextFull(name) && !hasContent) throw createContextFault(name);
      return { reason: toFinishReason(name), usage };
    },
  };
}

/** Reads the finish reason, which servers put in different places. Some send only the details that others add to it. */
function readFinishReason(fields: Fields, choice: Fields): string {
  const { finish_reason: own, stop_reason: stopReason, finish_details: details } = choice;
  const delta = toFields(choice['delta']);
  const reason =
    own ??
    choice['finishReason'] ??
    delta['finish_reason'] ??
    fields['finish_reason'] ??
    fields['finishReason'];
  if (own === undefined && reason === undefined)
    return toText(stopReason) || toText(toFields(details)['type']);
  const native = toText(choice['native_finish_reason']);
  // Routers of models may translate the reason of the model in a wrong way.
  return isEarlyEnd(native) ? native : toReasonText(reason);
}

/** Reads a reason that is a text, an object with one, or a list. Numbers have no known meaning, apart from 0 for none. */
function toReasonText(reason: unknown): string {
  if (Array.isArray(reason)) return toReasonText(reason[0]);
  if (typeof reason === 'number' && reason !== 0) return String(reason);
  const { type, reason: inner } = toFields(reason);
  return toText(reason) || toText(type) || toText(inner);
}

function isMessage(message: unknown): boolean {
  return isRecord(message) || typeof message === 'string';
}

/** Returns true for an object that is not a chunk, apart from heartbeats and objects with usage only. */
function isForeign(fields: Fields): boolean {
  // Some servers send data about the prompt before the first choice.
  if (Array.isArray(fields['choices'])) return hasWords(fields);
  return !isHeartbeat(fields) && fields['usage'] === undefined && Object.keys(fields).length > 0;
}

function readUsage(value: unknown): ModelEvent | undefined {
  const { prompt_tokens: prompt, completion_tokens: completion } = toFields(value);
  if (prompt === undefined && completion === undefined) return undefined;
  return { type: 'usage', promptTokens: toCount(prompt), completionTokens: toCount(completion) };
}
