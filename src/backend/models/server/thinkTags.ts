/** Tag before reasoning, with the tags that may end it. */
export interface ThinkTag {
  open: string;
  closes: readonly string[];
}

const NAMES = ['think', 'thinking', 'thought', 'reasoning', 'seed:think', 'antthinking'];
/** Models confuse these two. */
const THINK_CLOSES = ['</think>', '</thinking>'];

const NAMED_TAGS: readonly (ThinkTag & { name: string })[] = NAMES.map((name) => ({
  name,
  open: `<${name}>`,
  closes: THINK_CLOSES.includes(`</${name}>`) ? THINK_CLOSES : [`</${name}>`],
}));

const TAGS: readonly ThinkTag[] = [
  ...NAMED_TAGS,
  { open: '<|begin_of_thought|>', closes: ['<|end_of_thought|>'] },
  { open: '<|start_thinking|>', closes: ['<|end_thinking|>'] },
  { open: '◁think▷', closes: ['◁/think▷'] },
  { open: '[think]', closes: ['[/think]'] },
  // The formats of models whose templates the server does not apply.
  { open: '<|channel|>analysis<|message|>', closes: ['<|end|>'] },
  { open: '<|channel>thought', closes: ['<channel|>'] },
];

/** Tag of reasoning whose template has written the opening tag. */
export const USUAL_TAG: ThinkTag = { open: '<think>', closes: THINK_CLOSES };

const CLOSES = [...new Set(TAGS.flatMap(({ closes }) => closes))];

/** Marks before the text, which follow the reasoning. */
const TEXT_STARTS = [
  '<|start|>assistant<|channel|>final<|message|>',
  '<|channel|>final<|message|>',
  '<|start_response|>',
];

/** Tag at the start of a text. Kind `partial`: more text may make it one. Kind `close`: to be left out. */
export type StartTag =
  | { kind: 'open'; length: number; tag: ThinkTag }
  | { kind: 'close' | 'text'; length: number }
  | { kind: 'partial' }
  | { kind: 'none' };

/** Finds a tag at the start of a text in small letters. */
export function findStartTag(text: string): StartTag {
  const tag = TAGS.find(({ open }) => text.startsWith(open));
  if (tag !== undefined) return { kind: 'open', length: tag.open.length, tag };
  const [start = '', name] = /^<([a-z:]+)(?:\s[^<>]{0,100})?>/.exec(text) ?? [];
  const named = NAMED_TAGS.find((one) => one.name === name);
  if (named !== undefined) return { kind: 'open', length: start.length, tag: named };
  const mark = TEXT_STARTS.find((one) => text.startsWith(one));
  if (mark !== undefined) return { kind: 'text', length: mark.length };
  const close = CLOSES.find((one) => text.startsWith(one));
  if (close !== undefined) return { kind: 'close', length: close.length };
  return { kind: isPartial(text) ? 'partial' : 'none' };
}

function isPartial(text: string): boolean {
  const tags = [...TAGS.map(({ open }) => open), ...TEXT_STARTS, ...CLOSES];
  if (tags.some((one) => one.startsWith(text))) return true;
  const [, name, attributes] = /^<([a-z:]*)(\s[^<>]{0,100})?$/.exec(text) ?? [];
  if (name === undefined) return false;
  return attributes === undefined
    ? NAMES.some((one) => one.startsWith(name))
    : NAMES.includes(name);
}

/** Finds the first opening or closing tag inside reasoning. */
export function findInnerTag(
  text: string,
  { open, closes }: ThinkTag,
): { index: number; token: string } | undefined {
  return [open, ...closes]
    .map((token) => ({ index: text.indexOf(token), token }))
    .filter(({ index }) => index !== -1)
    .toSorted((one, other) => one.index - other.index)[0];
}

/** Returns the length of the longest end of a text that is the beginning of a tag. */
export function getTagOverlap(text: string, { open, closes }: ThinkTag): number {
  return Math.max(...[open, ...closes].map((token) => getOverlap(text, token)));
}

function getOverlap(text: string, token: string): number {
  for (let length = Math.min(text.length, token.length - 1); length > 0; length--)
    if (text.endsWith(token.slice(0, length))) return length;
  return 0;
}

/** Returns true for a text with a closing tag at the end of a line, without an opening one and not in code. */
export function hasOnlyEnd(text: string): boolean {
  return /(?<!`)<\/think(?:ing)?>[ \t]*\r?\n/.test(text) && !/<think(?:ing)?\b/.test(text);
}
