import type { FoundPassage } from '../../search/FoundPassage.js';
import type { ModelEvent, ModelMessage, ModelRequest } from '../Model.js';
import type { ScriptedLines } from './ScriptedLine.js';

/** State of a conversation that a scripted model answers. */
export interface ScriptedTurn {
  /** Text of the newest user message. */
  text: string;
  /** Texts of all user messages, oldest first. */
  userTexts: readonly string[];
  /** Function calls with the outputs that were just submitted, in the order of the calls; empty after a user message. */
  outputs: readonly { name: string; arguments: string; output: string }[];
  /** Passages of the searches that were just made, best first; empty after a user message. */
  passages: readonly FoundPassage[];
  /** Number of times that this run has received outputs or passages: 0 after a user message. */
  round: number;
  /** Complete request to the model. */
  request: ModelRequest;
}

/** Lines of a script, or model events for everything that lines cannot express. */
export type ScriptedReply = ScriptedLines | AsyncIterable<ModelEvent>;

/** Fixed reply, or a function that returns the reply for a turn. */
export type ScriptedAnswer =
  ScriptedReply | ((turn: ScriptedTurn) => ScriptedReply | Promise<ScriptedReply>);

/** Rule of a scripted model: a condition and its answer. */
export interface ScriptedRule {
  /**
   * Condition for the newest user message: a pattern, a string that it contains in any case, or a function.
   *
   * @default matches every message
   */
  when?: RegExp | string | ((turn: ScriptedTurn) => boolean);
  /** Answer to the user message. */
  say: ScriptedAnswer;
  /** Answer to the outputs of functions or the passages of a search. @default the outputs and passages as text */
  after?: ScriptedAnswer;
}

/** Behavior of a scripted model: rules, of which the first match applies, or a function of the turn. */
export type ScriptedScenario =
  readonly ScriptedRule[] | ((turn: ScriptedTurn) => ScriptedReply | Promise<ScriptedReply>);

/** Returns the reply of a scenario to a request. */
export async function findReply(
  scenario: ScriptedScenario,
  request: ModelRequest,
): Promise<ScriptedReply> {
  const turn = toTurn(request);
  if (typeof scenario === 'function') return scenario(turn);
  const rule = scenario.find(({ when }) => isMatch(when, turn));
  if (rule === undefined)
    return 'The script has no answer to this message. Add a rule without `when` as a fallback.';
  const answer = turn.round === 0 ? rule.say : (rule.after ?? joinResults(turn));
  return typeof answer === 'function' ? answer(turn) : answer;
}

function joinResults({ outputs, passages }: ScriptedTurn): string {
  return [...outputs.map(({ output }) => output), ...passages.map(({ text }) => text)].join('\n\n');
}

function isMatch(when: ScriptedRule['when'], turn: ScriptedTurn): boolean {
  if (when === undefined) return true;
  if (typeof when === 'string') return turn.text.toLowerCase().includes(when.toLowerCase());
  // Not `test`, which continues at `lastIndex` for patterns with the g flag.
  return typeof when === 'function' ? when(turn) : turn.text.search(when) !== -1;
}

function toTurn(request: ModelRequest): ScriptedTurn {
  const { messages } = request;
  const userTexts = getUserTexts(messages);
  const isResult = ({ role }: ModelMessage) => role === 'tool-outputs' || role === 'search';
  return {
    text: userTexts.at(-1) ?? '',
    userTexts,
    outputs: getNewOutputs(messages),
    passages: getNewPassages(messages),
    round: messages.filter(isResult).length,
    request,
  };
}

function getUserTexts(messages: readonly ModelMessage[]): string[] {
  return messages.flatMap((message) => {
    if (message.role !== 'user') return [];
    const texts = message.content.flatMap((part) => (part.type === 'text' ? part.text.value : []));
    return [texts.join('\n')];
  });
}

/** Returns the outputs in the last message with their calls. */
function getNewOutputs(messages: readonly ModelMessage[]): ScriptedTurn['outputs'] {
  const last = messages.at(-1);
  if (last?.role !== 'tool-outputs') return [];
  const calls = messages.flatMap((message) => (message.role === 'tool-calls' ? message.calls : []));
  return last.outputs.map(({ callId, output }) => {
    const call = calls.find(({ id }) => id === callId);
    return { name: call?.name ?? '', arguments: call?.arguments ?? '', output };
  });
}

/** Returns the passages of all searches at the end of the conversation. */
function getNewPassages(messages: readonly ModelMessage[]): FoundPassage[] {
  const firstIndex = messages.findLastIndex(({ role }) => role !== 'search') + 1;
  return messages
    .slice(firstIndex)
    .flatMap((message) => (message.role === 'search' ? message.found : []));
}
