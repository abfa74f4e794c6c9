import {
  ArrowDown,
  ArrowUp,
  Ban,
  Check,
  ChevronRight,
  CircleAlert,
  CircleHelp,
  Code,
  Copy,
  Download,
  FileText,
  ImageOff,
  LoaderCircle,
  MessageSquareText,
  Paperclip,
  Pencil,
  Plus,
  RotateCw,
  Search,
  Square,
  ThumbsDown,
  ThumbsUp,
  Wrench,
  X,
} from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** The icons that stand in every conversation. */
export const conversationIcons = {
  ArrowDown,
  ArrowUp,
  Check,
  CircleAlert,
  Copy,
  ImageOff,
  Paperclip,
  Pencil,
  RotateCw,
  Square,
  X,
};

/** Those of what is fetched on demand: a bundler keeps a module in one piece. */
export const lazyIcons = {
  Ban,
  ChevronRight,
  CircleHelp,
  Code,
  Download,
  FileText,
  LoaderCircle,
  MessageSquareText,
  Plus,
  Search,
  ThumbsDown,
  ThumbsUp,
  Wrench,
};

/**
 * A module of icons: Lucide's shapes in an element of our own, at a fifth of what they cost in Lucide's.
 * @param {Readonly<Record<string, import('lucide-react').LucideIcon>>} icons
 */
export function iconsModule(icons) {
  const constants = Object.entries(icons).map(([name, icon]) => {
    const id = name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    const shapes = renderToStaticMarkup(createElement(icon)).match(/<(?!svg)\w+ [^>]*>/g) ?? [];
    return `export const ${name} = /* @__PURE__ */ createIcon(${[id, ...shapes.map(lineOf).map(inTenths)].map((text) => `'${text}'`).join(', ')});\n`;
  });
  return `// Generated from lucide-react by \`npm run generate\`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

${constants.join('')}`;
}

/**
 * A shape of SVG as the line of a path, so that all are written in one way.
 * @param {string} element
 */
function lineOf(element) {
  const text = (/** @type {string} */ name) =>
    new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
  const number = (/** @type {string} */ name) => Number(text(name));
  const shape = /\w+/.exec(element)?.[0];
  switch (shape) {
    case 'path':
      return text('d');
    case 'line':
      return `M${text('x1')} ${text('y1')}L${text('x2')} ${text('y2')}`;
    case 'circle': {
      const r = number('r');
      return `M${number('cx') - r} ${text('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0z`;
    }
    case 'rect': {
      const r = number('rx');
      const [across, down] = [number('width') - 2 * r, number('height') - 2 * r];
      const corner = `a${r} ${r} 0 0 1`;
      return `M${number('x') + r} ${text('y')}h${across}${corner} ${r} ${r}v${down}${corner}-${r} ${r}h-${across}${corner}-${r}-${r}v-${down}${corner} ${r}-${r}z`;
    }
    default:
      throw new Error(`lineOf: an icon has a ${shape}. Say here how it is drawn as a path.`);
  }
}

/**
 * A line in tenths, which are a twelfth of a pixel at 20 pixels. A single hundredth stays: it is how a dot is drawn.
 * @param {string} line
 */
function inTenths(line) {
  return line.replace(/-?\d*\.(?!01\b)\d{2,}/g, (number) => {
    const tenths = Number(number)
      .toFixed(1)
      .replace(/^(-?)0/, '$1');
    // The point may have been all that parted it from the number before.
    return number.startsWith('.') && !tenths.startsWith('.') ? ` ${tenths}` : tenths;
  });
}
