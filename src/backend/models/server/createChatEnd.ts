import { isRecord } from '../../../common/isRecord.js';
import type { ModelEvent } from '../Model.js';
import { createForeignFault } from './createForeignFault.js';
import {
  createContextFault,
  createInterruptedFault,
  type FinishReason,
  isContextFull,
  toFinishReason,
} from './finishAnswer.js';
import { readServerError } from './readServerError.js';
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
  let foreign: Fields | undefined;
  let words: string | undefined;
  let isDone = false;

  /** Throws what the server said in place of an answer, or of its end. */
  function throwWords(hasContent: boolean): void {
    if (name !== undefined && hasContent) return;
    if (words !== undefined) throw createFault(words);
    if (foreign !== undefined && (!hasContent || hasWords(foreign)))
      throw createForeignFault(foreign, createFault);
  }

  return {
    setDone() {
      isDone = true;
    },
    /** Sets words that are not an event. */
    setWords(text: string) {
      words = text;
    },
    /** @throws ServerFault if the server ends its answer for an unknown reason */
    read(fields: Fields, choice: Fields) {
      if (toChoices(fields['choices']).length === 0) foreign ??= getForeign(fields);
      usage = readUsage(fields['usage']) ?? usage;
      const found = readFinishReason(choice);
      if (found !== '' && found !== 'null') {
        toFinishReason(found);
        name = found;
      }
      // A message is complete, other than a delta.
      if (isMessage(choice['message']) && choice['delta'] === undefined) isDone = true;
    },
    hasReason: () => name !== undefined,
    /** @throws ServerFault if the answer has not ended */
    finish(content: Content): { reason: FinishReason; usage: ModelEvent | undefined } {
      const hasContent = content.hasContent();
      throwWords(hasContent);
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

/** Reads the finish reason of a choice. Some servers send only the details that others add to it. */
function readFinishReason(choice: Fields): string {
  const { finish_reason: reason, stop_reason: stopReason, finish_details: details } = choice;
  if (reason === undefined) return toText(stopReason) || toText(toFields(details)['type']);
  return toText(reason) || toText(toFields(reason)['type']);
}

function isMessage(message: unknown): boolean {
  return isRecord(message) || typeof message === 'string';
}

function hasWords(fields: Fields): boolean {
  return readServerError(fields).message !== '';
}

/** Returns an object that is not a chunk, apart from heartbeats and objects with usage only. */
function getForeign(fields: Fields): Fields | undefined {
  // Some servers send data about the prompt before the first choice.
  if (Array.isArray(fields['choices'])) return hasWords(fields) ? fields : undefined;
  const isHeartbeat = fields['type'] === 'ping' || fields['usage'] !== undefined;
  return isHeartbeat || Object.keys(fields).length === 0 ? undefined : fields;
}

function readUsage(value: unknown): ModelEvent | undefined {
  const { prompt_tokens: prompt, completion_tokens: completion } = toFields(value);
  if (prompt === undefined && completion === undefined) return undefined;
  return { type: 'usage', promptTokens: toCount(prompt), completionTokens: toCount(completion) };
}
