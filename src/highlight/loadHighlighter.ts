import type { createLowlight } from 'lowlight';
import type { Grammars } from './grammars.js';

type Lowlight = ReturnType<typeof createLowlight>;

/** Part of the code with one role. */
export interface CodeToken {
  /** Null for the colour of plain code. */
  role: Role | null;
  text: string;
}

/** Roles of tokens that have a colour. */
export type Role =
  'keyword' | 'name' | 'type' | 'string' | 'number' | 'comment' | 'inserted' | 'deleted';

/** Roles by scope of highlight.js. Other scopes inherit the colour of the surrounding scope. */
const ROLES: Readonly<Record<string, Role>> = {
  keyword: 'keyword',
  'selector-tag': 'keyword',
  'template-tag': 'keyword',
  operator: 'keyword',
  meta: 'keyword',
  bullet: 'keyword',
  title: 'name',
  name: 'name',
  section: 'name',
  attr: 'name',
  attribute: 'name',
  'selector-id': 'name',
  'selector-class': 'name',
  property: 'name',
  type: 'type',
  built_in: 'type',
  variable: 'type',
  'template-variable': 'type',
  'selector-attr': 'type',
  'selector-pseudo': 'type',
  string: 'string',
  regexp: 'string',
  link: 'string',
  code: 'string',
  char: 'string',
  number: 'number',
  literal: 'number',
  symbol: 'number',
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  addition: 'inserted',
  deletion: 'deleted',
};

/** Code with longer lines, in UTF-16 units, is not highlighted. */
const MAX_LINE_LENGTH = 1_000;

/** Tokens of recent code, because virtualized lists mount and unmount their rows while scrolling. */
const cache = new Map<string, readonly CodeToken[]>();
const MAX_CACHED = 60;

let lowlightPromise: Promise<Lowlight> | undefined;

/** Returns the cached tokens of code. */
export function getCachedTokens(code: string, name: string): readonly CodeToken[] | undefined {
  return cache.get(`${name} ${code}`);
}

/**
 * Loads the highlighter and the grammar of a language once.
 *
 * @param name One of the names of `grammars`.
 * @throws Error if a module cannot be loaded. The next call retries.
 */
export async function loadHighlighter(
  name: string,
  grammars: Grammars,
): Promise<(code: string) => readonly CodeToken[]> {
  lowlightPromise ??= import('lowlight').then(({ createLowlight }) => createLowlight());
  const lowlight = await lowlightPromise.catch((error: unknown) => {
    lowlightPromise = undefined;
    throw error;
  });
  if (!lowlight.registered(name)) {
    const grammar = await grammars[name]?.();
    if (grammar !== undefined) lowlight.register(name, grammar.default);
  }
  return (code) => {
    const tokens = getCachedTokens(code, name) ?? tokenize(lowlight, code, name);
    cache.delete(`${name} ${code}`);
    cache.set(`${name} ${code}`, tokens);
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    return tokens;
  };
}

function tokenize(lowlight: Lowlight, code: string, name: string): readonly CodeToken[] {
  if (code.split('\n').some((line) => line.length > MAX_LINE_LENGTH))
    return [{ role: null, text: code }];
  const tokens: CodeToken[] = [];
  const walk = (nodes: ReturnType<Lowlight['highlight']>['children'], role: Role | null): void => {
    for (const node of nodes) {
      if (node.type === 'text') {
        const last = tokens.at(-1);
        if (last?.role === role) last.text += node.value;
        else tokens.push({ role, text: node.value });
      } else if (node.type === 'element') {
        const [scope] = Array.isArray(node.properties['className'])
          ? node.properties['className']
          : [];
        walk(node.children, ROLES[String(scope)] ?? role);
      }
    }
  };
  walk(lowlight.highlight(name, code, { prefix: '' }).children, null);
  return tokens;
}
