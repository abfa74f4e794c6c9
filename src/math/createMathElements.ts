import { createElement, type ReactNode } from 'react';
import { isRecord } from '../common/isRecord.js';

/** A node of temml's tree, with the fields that are used. */
interface MathTree {
  type?: unknown;
  text?: unknown;
  attributes?: unknown;
  style?: unknown;
  children?: unknown;
}

const TAGS = new Set([
  'math',
  'menclose',
  'merror',
  'mfrac',
  'mi',
  'mmultiscripts',
  'mn',
  'mo',
  'mover',
  'mpadded',
  'mphantom',
  'mprescripts',
  'mroot',
  'mrow',
  'ms',
  'mspace',
  'msqrt',
  'mstyle',
  'msub',
  'msubsup',
  'msup',
  'mtable',
  'mtd',
  'mtext',
  'mtr',
  'munder',
  'munderover',
  'none',
]);

const ATTRIBUTES = new Set([
  'accent',
  'accentunder',
  'columnspan',
  'depth',
  'display',
  'displaystyle',
  'fence',
  'form',
  'height',
  'largeop',
  'linethickness',
  'lspace',
  'mathvariant',
  'maxsize',
  'minsize',
  'movablelimits',
  'notation',
  'rowspan',
  'rspace',
  'scriptlevel',
  'separator',
  'stretchy',
  'symmetric',
  'voffset',
  'width',
]);

/** Attributes for lines and spacing. Colours are excluded, because they may be unreadable on the background. */
const STYLES = /^(?:border(?:Top|Right|Bottom|Left)?|padding(?:Top|Right|Bottom|Left)?|textAlign)$/;

const MAX_NODES = 800;
const MAX_DEPTH = 30;
/** Maximum of a length with a unit, such as a width. A larger formula could cover the page. */
const MAX_LENGTH_EM = 20;

/** A rendered formula. */
export interface MathElements {
  node: ReactNode;
  /** The number of nodes. */
  size: number;
}

/**
 * Converts a formula to MathML elements. Uses known harmless elements and attributes only: no links, images, classes or ids.
 *
 * @throws RangeError if the formula is too large or too deep.
 */
export function createMathElements(tree: unknown): MathElements {
  let nodes = 0;
  const walk = (node: unknown, key: number, depth: number): ReactNode => {
    nodes += 1;
    if (nodes > MAX_NODES || depth > MAX_DEPTH)
      throw new RangeError('The formula is too large to be shown.');
    if (!isRecord(node)) return null;
    const { type, text, attributes, style, children }: MathTree = node;
    if (typeof text === 'string') return text;
    const inside = Array.isArray(children)
      ? children.map((child, index) => walk(child, index, depth + 1))
      : [];
    if (typeof type !== 'string' || !TAGS.has(type)) return inside;
    return createElement(
      type,
      {
        key,
        ...pickHarmless(attributes, (name) => ATTRIBUTES.has(name)),
        style: pickHarmless(style, (name) => STYLES.test(name)),
      },
      ...inside,
    );
  };
  const node = walk(tree, 0, 0);
  return { node, size: nodes };
}

function pickHarmless(values: unknown, isKept: (name: string) => boolean): Record<string, string> {
  if (!isRecord(values)) return {};
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      isKept(name) && typeof value === 'string' && isHarmless(value) ? [[name, value]] : [],
    ),
  );
}

function isHarmless(value: string): boolean {
  return (
    /^[\w#.%+ -]{0,60}$/.test(value) &&
    !(
      Math.abs(Number.parseFloat(value)) > MAX_LENGTH_EM &&
      /\d\s*(?:em|ex|pt|px|cm|mm|in)/.test(value)
    )
  );
}
