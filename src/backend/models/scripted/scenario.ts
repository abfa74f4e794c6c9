import type { FoundPassage } from '../../search/FoundPassage.js';
import type { ModelEvent, ModelRequest } from '../model.js';
import type { ScriptedScript } from './script.js';

/** What a scenario sees when it is asked for an answer. */
export interface ScriptedTurn {
  /** The newest message of a person, as text. */
  text: string;
  /** All messages of people, as text, oldest first. */
  said: readonly string[];
  /** The function calls that have just been answered, in their order; empty when the person has just spoken. */
  outputs: readonly { name: string; arguments: string; output: string }[];
  /** What the searches have found that have just been made, best first; empty when the person has just spoken. */
  found: readonly FoundPassage[];
  /** How many times this run has been given outputs or passages: 0 when the person has just spoken. */
  round: number;
  /** All that the model is asked, for what the rest leaves out. */
  request: ModelRequest;
}

/** A script, or the events themselves where a script cannot say it. */
export type ScriptedReply = ScriptedScript | AsyncIterable<ModelEvent>;

/** What is said, given outright or made for the turn. */
export type ScriptedAnswer =
  ScriptedReply | ((turn: ScriptedTurn) => ScriptedReply | Promise<ScriptedReply>);

/** What is answered when. */
export interface ScriptedRule {
  /** What the person's newest message holds (a string in any case); left out, the rule takes what no rule above it took. */
  when?: RegExp | string | ((turn: ScriptedTurn) => boolean);
  say: ScriptedAnswer;
  /** The answer once the outputs of the functions, or the passages of a search, are in. @default these, as text */
  after?: ScriptedAnswer;
}

/** How a scripted model answers: rules, of which the first that fits is taken, or a function of the turn. */
export type ScriptedScenario =
  readonly ScriptedRule[] | ((turn: ScriptedTurn) => ScriptedReply | Promise<ScriptedReply>);

/** What a scenario answers to a request. */
export async function findReply(
  scenario: ScriptedScenario,
  request: ModelRequest,
): Promise<ScriptedReply> {
  const turn = toTurn(request);
  if (typeof scenario === 'function') return scenario(turn);
  const rule = scenario.find(({ when }) => fits(when, turn));
  if (rule === undefined)
    return `The script has no answer to this. Add a rule without \`when\` to catch what is left.`;
  const answer = turn.round === 0 ? rule.say : (rule.after ?? repeated(turn));
  return typeof answer === 'function' ? answer(turn) : answer;
}

function repeated({ outputs, found }: ScriptedTurn): string {
  return [...outputs.map(({ output }) => output), ...found.map(({ text }) => text)].join('\n\n');
}

function fits(when: ScriptedRule['when'], turn: ScriptedTurn): boolean {
  if (when === undefined) return true;
  if (typeof when === 'string') return turn.text.toLowerCase().includes(when.toLowerCase());
  // Searched, not tested: a pattern with the g flag would remember where it stopped.
  return typeof when === 'function' ? when(turn) : turn.text.search(when) !== -1;
}

function toTurn(request: ModelRequest): ScriptedTurn {
  const said = request.messages.flatMap((message) =>
    message.role === 'user'
      ? [
          message.content
            .flatMap((part) => (part.type === 'text' ? [part.text.value] : []))
            .join('\n'),
        ]
      : [],
  );
  const calls = request.messages.flatMap((message) =>
    message.role === 'tool-calls' ? message.calls : [],
  );
  const last = request.messages.at(-1);
  const outputs = (last?.role === 'tool-outputs' ? last.outputs : []).map(({ callId, output }) => {
    const call = calls.find(({ id }) => id === callId);
    return { name: call?.name ?? '', arguments: call?.arguments ?? '', output };
  });
  const since = request.messages.findLastIndex(({ role }) => role !== 'search') + 1;
  const found = request.messages
    .slice(since)
    .flatMap((message) => (message.role === 'search' ? message.found : []));
  const round = request.messages.filter(
    ({ role }) => role === 'tool-outputs' || role === 'search',
  ).length;
  return { text: said.at(-1) ?? '', said, outputs, found, round, request };
}
