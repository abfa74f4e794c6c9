import { isRecord } from '../../../common/isRecord.js';
import type { AssistantTool } from '../../../protocol/types.js';
import { canSearch, searchFiles, quotePassages } from './demoSearch.js';
import {
  CODE,
  LONG_ANSWER,
  MARKDOWN_TOUR,
  NOTES,
  REPORT,
  THOUGHTS,
  WHAT_I_DO,
  WHO_I_AM,
} from './demoTexts.js';
import type { ScriptedRule, ScriptedTurn } from './findReply.js';
import type { ScriptedLine, ScriptedLines } from './ScriptedLine.js';

const SOURCE_PATTERN = /\bsources?\b|\bcit(?:e|es|ation|ations)\b/i;

/**
 * Scenario of the demo. Shows the features of a chat and says that it is scripted. Calls a weather function if the assistant has
 * one, searches, cites and creates files, and fails, stalls or refuses on request.
 */
export const demoScenario: readonly ScriptedRule[] = [
  { when: /\b(?:who|what) are you\b|\bare you (?:real|human|an? )/i, say: WHO_I_AM },
  { when: /\bmy name\?|\bwho am i\b/i, say: tellName },
  {
    when: (turn) => asksForFileContent(turn.text) && canSearch(turn),
    say: searchFiles,
    after: quotePassages,
  },
  {
    when: /\bweather\b|\bforecast\b|\btemperature\b/i,
    say: callWeatherFunction,
    after: describeWeather,
  },
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
  {
    when: /\bthink\b|\breason(?:ing)?\b/i,
    say: [
      { think: THOUGHTS },
      'I have thought about it, and you can unfold how, above this answer.',
    ],
  },
  { when: /\blong\b/i, say: LONG_ANSWER },
  { when: SOURCE_PATTERN, say: citeSource },
  { when: /\bfile\b|\bdownload\b|\bcsv\b|\breport\b/i, say: makeFile },
  { when: /\bmarkdown\b|\btable\b|\blists?\b|\bheadings?\b/i, say: MARKDOWN_TOUR },
  { when: /\bcode\b|\bfunction\b|\btypescript\b/i, say: CODE },
  {
    when: ({ text }) => matchName(text) !== undefined,
    say: ({ text }) =>
      `Nice to meet you, **${matchName(text)}**! I will remember that as long as we talk here.`,
  },
  { when: /^\W*(?:hello|hi|hey|good (?:morning|day|evening))\b/i, say: greet },
  { when: /\bhelp\b|\bwhat can (?:you|i)\b/i, say: WHAT_I_DO },
  { when: /\bthank/i, say: (turn) => `You are welcome${formatAddress(turn)}!` },
  { when: canSearch, say: searchFiles, after: quotePassages },
  { say: answerAnything },
];

/** Returns true if the user asks about the content of files, and not for a new file. */
function asksForFileContent(text: string): boolean {
  return (
    SOURCE_PATTERN.test(text) ||
    (/\b(?:files?|documents?|pdf|report)\b/i.test(text) &&
      !/\b(?:make|create|write|download)\b/i.test(text))
  );
}

function greet(turn: ScriptedTurn): ScriptedLines {
  return `Hello${formatAddress(turn)}! Good to see you.\n\n${WHAT_I_DO}`;
}

function tellName(turn: ScriptedTurn): ScriptedLines {
  const name = findUserName(turn);
  return name === undefined
    ? 'You have not told me yet. Say *my name is* and your name, and I will remember it in this thread.'
    : `Your name is **${name}**. You told me earlier in this thread.`;
}

function answerAnything(turn: ScriptedTurn): ScriptedLines {
  const last = turn.request.messages.at(-1);
  const files = last?.role === 'user' ? last.files.map(({ filename }) => `\`${filename}\``) : [];
  const notice = files.length === 0 ? '' : ` I see that you sent ${joinNames(files)}.`;
  return `I have no script for that${formatAddress(turn)}.${notice} I only know a few tricks.\n\n${WHAT_I_DO}`;
}

function makeFile(): ScriptedLines {
  return [
    'Here is a small table of teas: ',
    { attach: 'teas.csv', content: REPORT, label: 'teas.csv' },
    '. It has three rows, and opens in any spreadsheet.',
  ];
}

async function citeSource({ request }: ScriptedTurn): Promise<ScriptedLines> {
  const files = [
    ...request.files,
    ...request.messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  const file = files.at(-1);
  if (file === undefined) {
    return [
      'This thread has no files, so I wrote down what I know in ',
      { attach: 'tea.txt', content: NOTES },
      '. Green tea tastes best at 75 degrees',
      { cite: 'tea.txt', quote: 'Green tea tastes best at 75 degrees.' },
      '. Attach a file and ask again, and I will cite yours.',
    ];
  }
  const quote = getFirstLine(await request.readFile(file.id));
  if (quote === undefined)
    return [`I looked at \`${file.filename}\`, though I cannot read it`, { cite: file }, '.'];
  return [`The file \`${file.filename}\` begins like this: “${quote}”`, { cite: file, quote }, '.'];
}

/** Returns the first line of a text file; undefined if the file is binary. */
function getFirstLine(bytes: Uint8Array | undefined): string | undefined {
  const text = new TextDecoder().decode(bytes?.subarray(0, 1000));
  const line = text.split('\n').find((candidate) => candidate.trim() !== '');
  return line === undefined || /[\uFFFD]/.test(line) ? undefined : line.trim().slice(0, 200);
}

type FunctionTool = Extract<AssistantTool, { type: 'function' }>;

function callWeatherFunction({ text, request }: ScriptedTurn): ScriptedLines {
  const tool = request.tools.find(
    (candidate): candidate is FunctionTool =>
      candidate.type === 'function' && /weather/i.test(candidate.function.name),
  );
  if (tool === undefined) {
    return 'I would look outside, but this assistant has no weather function. Give it one named `get_weather`, and ask me again.';
  }
  const parameter = Object.keys(getParameters(tool))[0] ?? 'city';
  const places = parsePlaces(text);
  const intro: ScriptedLine = `Let me look up the weather in ${joinNames(places)}.`;
  return [
    intro,
    ...places.map((place) => ({ call: tool.function.name, with: { [parameter]: place } })),
  ];
}

function getParameters({ function: { parameters } }: FunctionTool): object {
  const properties = parameters?.['properties'];
  return isRecord(properties) ? properties : {};
}

/** Returns the places in a question such as "What is the weather like in Paris, New York and Tokyo today?" */
function parsePlaces(question: string): string[] {
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

function describeWeather({ outputs }: ScriptedTurn): ScriptedLines {
  const [first] = outputs;
  if (outputs.length === 1 && first !== undefined) {
    return `In **${getPlace(first.arguments)}** it is like this:\n\n${formatBullets(first.output)}\n\nAnything else?`;
  }
  const rows = outputs.map(
    (output) => `| ${getPlace(output.arguments)} | ${formatInline(output.output)} |`,
  );
  return `Here is how the places compare:\n\n| Place | Weather |\n|---|---|\n${rows.join('\n')}\n\nTake a coat, to be safe.`;
}

/** Returns the first argument of a call of the weather function. */
function getPlace(argumentsText: string): string {
  return escapeCell(String(Object.values(parseObject(argumentsText) ?? {})[0] ?? 'that place'));
}

function formatBullets(output: string): string {
  const fields = parseObject(output);
  if (fields === undefined) return `> ${formatInline(output)}`;
  return Object.entries(fields)
    .map(([name, value]) => `- ${escapeCell(name)}: **${formatValue(value)}**`)
    .join('\n');
}

function formatInline(output: string): string {
  const fields = parseObject(output);
  if (fields === undefined) return escapeCell(output);
  return Object.entries(fields)
    .map(([name, value]) => `${escapeCell(name)} ${formatValue(value)}`)
    .join(', ');
}

function formatValue(value: unknown): string {
  return escapeCell(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Escapes text for a cell of a markdown table. */
function escapeCell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function parseObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function findUserName({ userTexts }: ScriptedTurn): string | undefined {
  return userTexts.map((text) => matchName(text)).findLast((name) => name !== undefined);
}

function matchName(text: string): string | undefined {
  return /\b(?:my name is|call me)\s+(\p{L}[\p{L}'’-]*)/iu.exec(text)?.[1];
}

function formatAddress(turn: ScriptedTurn): string {
  const name = findUserName(turn);
  return name === undefined ? '' : `, ${name}`;
}

function joinNames(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
