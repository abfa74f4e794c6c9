import { sleep } from '../../../common/sleep.js';
import type { ModelEvent, ModelRequest } from '../Model.js';
import { createPlayer } from './createPlayer.js';
import type { ScriptedLine, ScriptedLines } from './ScriptedLine.js';

/** Options for playing a script. */
export interface PlayOptions {
  /** Delay before each piece of text, in milliseconds. 0 starts no timer. @default 0 */
  paceMs?: number;
}

type FinishReason = (ModelEvent & { type: 'finish' })['reason'];
interface TokenUsage {
  promptTokens: number;
  completionTokens: number;
}

const CHARACTERS_PER_TOKEN = 4;

/**
 * Plays a script as the events of a model. The same request and script yield the same events, including ids. Stops at the
 * `max_completion_tokens` of the run, at four characters per token.
 */
export async function* play(
  script: ScriptedLines,
  request: ModelRequest,
  { paceMs = 0 }: PlayOptions = {},
): AsyncGenerator<ModelEvent, void, void> {
  const player = createPlayer(request);
  const maxLength = (request.run.max_completion_tokens ?? Infinity) * CHARACTERS_PER_TOKEN;
  let length = 0;
  let usage: TokenUsage | undefined;

  const end = function* (reason: FinishReason): Generator<ModelEvent, void, void> {
    yield { type: 'usage', ...(usage ?? estimateUsage(request, length)) };
    yield { type: 'finish', reason };
  };

  for (const line of toList(script)) {
    if (typeof line === 'object' && 'usage' in line) {
      usage = line.usage;
      continue;
    }
    if (typeof line === 'object' && 'cut' in line) return yield* end(line.cut);
    for await (const event of player.playLine(line)) {
      length += getLength(event);
      if (length > maxLength) return yield* end('max_completion_tokens');
      if (paceMs > 0 && 'text' in event) await sleep(paceMs, request.signal);
      yield event;
    }
  }
  yield* end(player.hasCalls() ? 'tool_calls' : 'stop');
}

function toList(script: ScriptedLines): readonly ScriptedLine[] {
  return isList(script) ? script : [script];
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(script: ScriptedLines): script is readonly ScriptedLine[] {
  return Array.isArray(script);
}

/** Returns the length of the text that an event writes, in UTF-16 units. */
function getLength(event: ModelEvent): number {
  const isWritten = event.type === 'text' || event.type === 'arguments' || event.type === 'refusal';
  return isWritten ? event.text.length : 0;
}

function estimateUsage(
  { instructions, messages }: ModelRequest,
  completionLength: number,
): TokenUsage {
  const promptLength = JSON.stringify(messages).length + instructions.length;
  return {
    promptTokens: Math.ceil(promptLength / CHARACTERS_PER_TOKEN),
    completionTokens: Math.ceil(completionLength / CHARACTERS_PER_TOKEN),
  };
}
