/**
 * npm run lint:style: checks comments, strings and documentation against the word list of `styleWords.js`, the length of
 * comment lines, and code for assignments inside expressions: oxlint and Prettier have no rules for these. Arguments name
 * the files or folders to check.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argv, exit } from 'node:process';
import ts from 'typescript';
import { root } from './run.js';
import { discouraged, discouragedOpenings } from './styleWords.js';

const defaultPaths = [
  'src',
  'test',
  'stories',
  'app',
  'bench',
  'scripts',
  'registry',
  '.storybook',
  'vite.config.ts',
  'vitest.config.ts',
  'sourceAlias.ts',
  'docs',
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

const ignored = [
  'src/protocol/schema.ts',
  'src/backend/http/requestSchemas.ts',
  'src/components/i18n/languages/',
  'src/components/i18n/english',
  'scripts/styleWords.js',
];

/** Longest line of a comment. Prettier does not wrap them. */
const MAX_COMMENT_LENGTH = 130;

/** A list of selectors without a class or an element beside it, at the end of a selector. */
const SUBJECT_LIST =
  /(?<=^|[\s>+~(]):(?:is|where)\([^()]*,[^()]*\)(?=\)?(?:::?[\w-]+(?:\(\w+\))?)?(?:,$|\s*\{))/gm;

/** @typedef {{ line: number, text: string, advice: string }} Finding */

const given = argv.slice(2);
const files = (given.length > 0 ? given : defaultPaths).flatMap(listFiles);
let count = 0;
let comments = 0;
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  const findings = /\.mdx?$/.test(file) ? checkProse(text) : checkCode(file, text);
  for (const { line, text: found, advice } of findings)
    console.log(`${file}:${line}  "${found}"  ${advice}`);
  count += findings.length;
}
console.log(`${files.length} files, ${comments} comments, ${count} findings`);
exit(count === 0 ? 0 : 1);

/**
 * @param {string} path
 * @returns {string[]} paths relative to the root
 */
function listFiles(path) {
  const absolute = join(root, path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) return [];
  const all = found.isDirectory()
    ? readdirSync(absolute, { recursive: true, encoding: 'utf8' }).map((name) =>
        join(absolute, name),
      )
    : [absolute];
  return all
    .map((file) => relative(root, file).replaceAll('\\', '/'))
    .filter((file) => /\.(?:ts|tsx|js|css|mdx?)$/.test(file))
    .filter((file) => !ignored.some((start) => file.startsWith(start)))
    .filter((file) => !file.endsWith('icons.ts') && !file.endsWith('icons.lazy.ts'));
}

/**
 * @param {string} text
 * @returns {Finding[]}
 */
function checkProse(text) {
  return text.split('\n').flatMap((content, index) => checkWords(content, index + 1));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Finding[]}
 */
function checkCode(file, text) {
  if (file.endsWith('.css'))
    return [
      ...checkComments(text, [...text.matchAll(/\/\*[\s\S]*?\*\//g)].map(toSpan)),
      ...(file.startsWith('src/') ? checkSelectors(text) : []),
    ];
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const spans = new Map();
  /** @type {Finding[]} */
  const findings = [];
  const getLine = (/** @type {number} */ position) =>
    tree.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (/** @type {ts.Node} */ node) => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      spans.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? [])
      spans.set(range.pos, range);
    if (ts.isJsxExpression(node) && node.expression === undefined) {
      for (const range of ts.getLeadingCommentRanges(text, node.getStart() + 1) ?? [])
        spans.set(range.pos, range);
    }
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isJsxText(node)
    ) {
      findings.push(...checkWords(node.text, getLine(node.getStart())));
    }
    const advice = adviseOn(node, file);
    if (advice !== undefined) {
      findings.push({
        line: getLine(node.getStart()),
        text: node.getText().slice(0, 60),
        advice,
      });
    }
    // A `forEach` on the token, too: a comment can precede a closing brace.
    for (const child of node.getChildren()) visit(child);
  };
  visit(tree);
  return [
    ...findings,
    ...checkComments(
      text,
      [...spans.values()].map(({ pos, end }) => ({ start: pos, end })),
    ),
  ];
}

/**
 * Finds selectors that a browser does not look up by class or element, so that it tests them on every element, or on every one
 * with a part.
 *
 * @param {string} text
 * @returns {Finding[]}
 */
function checkSelectors(text) {
  return [
    ...findSelectors(text, /\[data-part='[^']*'\]/g, "select by the part's class"),
    ...findSelectors(text, SUBJECT_LIST, 'write a selector for each entry of the list'),
  ];
}

/** @param {string} text @param {RegExp} pattern @param {string} advice @returns {Finding[]} */
function findSelectors(text, pattern, advice) {
  return [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    text: match[0],
    advice,
  }));
}

/** @param {ts.Node} node @param {string} file */
function adviseOn(node, file) {
  if (isHiddenAssignment(node)) return 'move the assignment into a statement';
  if (file.startsWith('src/') && isUnstyledPart(node))
    return "write {...asPart('name')}: the stylesheet selects by class";
  return undefined;
}

/** Says whether an element names its part by an attribute alone. @param {ts.Node} node */
function isUnstyledPart(node) {
  if (!ts.isJsxAttribute(node) || node.name.getText() !== 'data-part') return false;
  return /^[a-z]/.test(node.parent.parent.tagName.getText());
}

/**
 * @param {RegExpMatchArray} match
 * @returns {{ start: number, end: number }}
 */
function toSpan(match) {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
}

/**
 * @param {string} text
 * @param {ReadonlyArray<{ start: number, end: number }>} spans
 * @returns {Finding[]}
 */
function checkComments(text, spans) {
  const ordered = [...spans].sort((one, other) => one.start - other.start);
  let endOfLast = -1;
  return ordered.flatMap(({ start, end }) => {
    const line = text.slice(0, start).split('\n').length;
    const content = text
      .slice(start, end)
      .replace(/^\/\*+|\*\/$|^\/\//g, '')
      .replace(/^\s*\* ?/gm, '')
      .trim();
    // The second line of a `//` comment continues the first.
    const isContinued =
      text.startsWith('//', start) &&
      /^\s*$/.test(text.slice(Math.max(endOfLast, 0), start)) &&
      endOfLast >= 0;
    endOfLast = end;
    comments += 1;
    const opening = isContinued ? undefined : discouragedOpenings.exec(content)?.[0];
    const findings = content.split('\n').flatMap((part, index) => checkWords(part, line + index));
    findings.push(...checkLength(text, { start, end }, line));
    if (opening !== undefined)
      findings.push({ line, text: opening, advice: 'start with a verb or a noun phrase' });
    return findings;
  });
}

/**
 * Finds the lines of a comment that are too long, apart from directives of oxlint, which have to be in one line.
 *
 * @param {string} text
 * @param {{ start: number, end: number }} span
 * @param {number} firstLine
 * @returns {Finding[]}
 */
function checkLength(text, { start, end }, firstLine) {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return text
    .slice(lineStart, end)
    .split('\n')
    .flatMap((content, index) => {
      const isComment = /^\s*(?:\/\/|\/?\*)/.test(content) && !content.includes('oxlint-');
      if (!isComment || content.length <= MAX_COMMENT_LENGTH) return [];
      const line = firstLine + index;
      return [{ line, text: content.trim().slice(0, 60), advice: 'wrap the comment' }];
    });
}

/**
 * @param {string} text
 * @param {number} line
 * @returns {Finding[]}
 */
function checkWords(text, line) {
  return discouraged.flatMap(([pattern, advice]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [{ line, text: found, advice }];
  });
}

/** @param {ts.Node} node */
function isHiddenAssignment(node) {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) return false;
  const { parent } = node;
  if (ts.isExpressionStatement(parent)) return false;
  return !(
    ts.isForStatement(parent) &&
    (parent.initializer === node || parent.incrementor === node)
  );
}
