import type { AssistantTool } from '../../../protocol/types.js';
import { maySearch, searchFiles, tellFound } from './demoSearch.js';
import {
  CODE,
  LONG_ANSWER,
  MARKDOWN_TOUR,
  NOTES,
  REPORT,
  WHAT_I_DO,
  WHO_I_AM,
} from './demoTexts.js';
import type { ScriptedRule, ScriptedTurn } from './scenario.js';
import type { ScriptedLine, ScriptedScript } from './script.js';

const ASKS_FOR_SOURCE = /\bsources?\b|\bcit(?:e|es|ation|ations)\b/i;

/**
 * The demo: a friendly assistant that shows what a chat can do, and says that it is scripted. It calls a weather function
 * when the assistant has one, searches, cites and makes files, and fails, stalls or refuses when asked to.
 */
export const demoScenario: readonly ScriptedRule[] = [
  { when: /\b(?:who|what) are you\b|\bare you (?:real|human|an? )/i, say: WHO_I_AM },
  { when: /\bmy name\?|\bwho am i\b/i, say: tellName },
  { when: (turn) => asksFiles(turn.text) && maySearch(turn), say: searchFiles, after: tellFound },
  { when: /\bweather\b|\bforecast\b|\btemperature\b/i, say: askWeather, after: tellWeather },
  { when: /\brate limit/i, say: ['One moment. ', { fail: 'rate_limit_exceeded' }] },
  { when: /\binvalid prompt/i, say: { fail: 'invalid_prompt' } },
  {
    when: /\bfail\b|\bserver error\b|\bcrash\b/i,
    say: ['This will not end well: ', { fail: 'server_error' }],
  },
  {
    when: /\bstall\b|\bhang\b/i,
    say: ['I am thinking, and I will not stop before you do', { stall: true }],
  },
  {
    when: /\brefuse\b/i,
    say: { refuse: 'I am sorry, I would rather not do that. You asked me to refuse, after all.' },
  },
  { when: /\blong\b/i, say: LONG_ANSWER },
  { when: ASKS_FOR_SOURCE, say: citeSource },
  { when: /\bfile\b|\bdownload\b|\bcsv\b|\breport\b/i, say: makeFile },
  { when: /\bmarkdown\b|\btable\b|\blists?\b|\bheadings?\b/i, say: MARKDOWN_TOUR },
  { when: /\bcode\b|\bfunction\b|\btypescript\b/i, say: CODE },
  {
    when: ({ text }) => nameIn(text) !== undefined,
    say: ({ text }) =>
      `Nice to meet you, **${nameIn(text)}**! I will remember that as long as we talk here.`,
  },
  { when: /^\W*(?:hello|hi|hey|good (?:morning|day|evening))\b/i, say: greet },
  { when: /\bhelp\b|\bwhat can (?:you|i)\b/i, say: WHAT_I_DO },
  { when: /\bthank/i, say: (turn) => `You are welcome${byName(turn)}!` },
  { when: maySearch, say: searchFiles, after: tellFound },
  { say: answerAnything },
];

/** For what stands in files, not for a new one. */
function asksFiles(text: string): boolean {
  return (
    ASKS_FOR_SOURCE.test(text) ||
    (/\b(?:files?|documents?|pdf|report)\b/i.test(text) &&
      !/\b(?:make|create|write|download)\b/i.test(text))
  );
}

function greet(turn: ScriptedTurn): ScriptedScript {
  return `Hello${byName(turn)}! Good to see you.\n\n${WHAT_I_DO}`;
}

function tellName(turn: ScriptedTurn): ScriptedScript {
  const name = nameOf(turn);
  return name === undefined
    ? 'You have not told me yet. Say *my name is* and your name, and I will remember it in this thread.'
    : `Your name is **${name}**. You told me earlier in this thread.`;
}

function answerAnything(turn: ScriptedTurn): ScriptedScript {
  const read = turn.request.messages.at(-1);
  const files = read?.role === 'user' ? read.files.map(({ filename }) => `\`${filename}\``) : [];
  const noticed = files.length === 0 ? '' : ` I see that you sent ${joined(files)}.`;
  return `I have no script for that${byName(turn)}.${noticed} I only know a few tricks.\n\n${WHAT_I_DO}`;
}

function makeFile(): ScriptedScript {
  return [
    'Here is a small table of teas: ',
    { attach: 'teas.csv', content: REPORT, label: 'teas.csv' },
    '. It has three rows, and opens in any spreadsheet.',
  ];
}

async function citeSource({ request }: ScriptedTurn): Promise<ScriptedScript> {
  const files = [
    ...request.files,
    ...request.messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  const file = files.at(-1);
  if (file === undefined) {
    return [
      'There is no file in this thread, so I wrote down what I know in ',
      { attach: 'tea.txt', content: NOTES },
      '. Green tea tastes best at 75 degrees',
      { cite: 'tea.txt', quote: 'Green tea tastes best at 75 degrees.' },
      '. Attach a file and ask again, and I will cite yours.',
    ];
  }
  const quote = firstLine(await request.readFile(file.id));
  if (quote === undefined)
    return [`I looked at \`${file.filename}\`, though I cannot read it`, { cite: file }, '.'];
  return [`The file \`${file.filename}\` begins like this: “${quote}”`, { cite: file, quote }, '.'];
}

/** The first words of a text file; undefined when the bytes are no text. */
function firstLine(bytes: Uint8Array | undefined): string | undefined {
  const text = new TextDecoder().decode(bytes?.subarray(0, 1000));
  const line = text.split('\n').find((candidate) => candidate.trim() !== '');
  return line === undefined || /[\uFFFD]/.test(line) ? undefined : line.trim().slice(0, 200);
}

type FunctionTool = Extract<AssistantTool, { type: 'function' }>;

function askWeather({ text, request }: ScriptedTurn): ScriptedScript {
  const tool = request.tools.find(
    (candidate): candidate is FunctionTool =>
      candidate.type === 'function' && /weather/i.test(candidate.function.name),
  );
  if (tool === undefined) {
    return 'I would look outside, but this assistant has no weather function. Give it one named `get_weather`, and ask me again.';
  }
  const parameter = Object.keys(parametersOf(tool))[0] ?? 'city';
  const places = placesIn(text);
  const spoken: ScriptedLine = `Let me look up the weather in ${joined(places)}.`;
  return [
    spoken,
    ...places.map((place) => ({ call: tool.function.name, with: { [parameter]: place } })),
  ];
}

function parametersOf({ function: { parameters } }: FunctionTool): object {
  const properties = parameters?.['properties'];
  return typeof properties === 'object' && properties !== null ? properties : {};
}

/** The places of a question such as "What is the weather like in Paris, New York and Tokyo today?" */
function placesIn(question: string): string[] {
  const named = /\b(?:in|at|for|of)\s+(.+)/i.exec(question)?.[1] ?? '';
  const places = named
    .split(/,|\band\b|\bor\b|[?!.;]/i)
    .map((part) =>
      part.replace(
        /\b(?:the|today|tomorrow|now|right|like|please|this|week|weekend|tonight)\b/gi,
        ' ',
      ),
    )
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  return places.length === 0 ? ['Paris'] : [...new Set(places)].slice(0, 4);
}

function tellWeather({ outputs }: ScriptedTurn): ScriptedScript {
  const [first] = outputs;
  if (outputs.length === 1 && first !== undefined) {
    return `In **${getRowPlace(first.arguments)}** it is like this:\n\n${bullets(first.output)}\n\nAnything else?`;
  }
  const rows = outputs.map(
    (output) => `| ${getRowPlace(output.arguments)} | ${inline(output.output)} |`,
  );
  return `Here is how the places compare:\n\n| Place | Weather |\n|---|---|\n${rows.join('\n')}\n\nTake a coat, to be safe.`;
}

function getRowPlace(written: string): string {
  return cell(String(Object.values(toFields(written) ?? {})[0] ?? 'that place'));
}

function bullets(output: string): string {
  const fields = toFields(output);
  if (fields === undefined) return `> ${inline(output)}`;
  return Object.entries(fields)
    .map(([name, value]) => `- ${cell(name)}: **${shown(value)}**`)
    .join('\n');
}

function inline(output: string): string {
  const fields = toFields(output);
  if (fields === undefined) return cell(output);
  return Object.entries(fields)
    .map(([name, value]) => `${cell(name)} ${shown(value)}`)
    .join(', ');
}

function shown(value: unknown): string {
  return cell(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Text that cannot end the table cell it stands in. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function toFields(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nameOf({ said }: ScriptedTurn): string | undefined {
  return said.map((text) => nameIn(text)).findLast((name) => name !== undefined);
}

function nameIn(text: string): string | undefined {
  return /\b(?:my name is|call me)\s+(\p{L}[\p{L}'’-]*)/iu.exec(text)?.[1];
}

function byName(turn: ScriptedTurn): string {
  const name = nameOf(turn);
  return name === undefined ? '' : `, ${name}`;
}

function joined(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
