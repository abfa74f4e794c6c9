import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  Ban,
  Check,
  ChevronRight,
  ChevronsUpDown,
  CircleAlert,
  CircleHelp,
  Code,
  Copy,
  Download,
  Ellipsis,
  FileText,
  ImageOff,
  Link,
  LoaderCircle,
  MessageSquareText,
  Mic,
  Paperclip,
  Pencil,
  Pin,
  PinOff,
  Plus,
  RotateCw,
  Search,
  Square,
  ThumbsDown,
  ThumbsUp,
  TextQuote,
  Trash,
  Volume2,
  WrapText,
  Wrench,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** Icons of the first load. */
export const conversationIcons = {
  ArrowDown,
  ArrowUp,
  Check,
  CircleAlert,
  Copy,
  Paperclip,
  Pencil,
  RotateCw,
  Square,
  X,
};

/** Icons of lazily loaded components. They are in a module of their own, because bundlers do not split modules. */
export const lazyIcons = {
  Archive,
  ArchiveRestore,
  Ban,
  ChevronRight,
  ChevronsUpDown,
  CircleHelp,
  Code,
  Download,
  Ellipsis,
  FileText,
  ImageOff,
  Link,
  LoaderCircle,
  MessageSquareText,
  Mic,
  Pin,
  PinOff,
  Plus,
  Search,
  TextQuote,
  ThumbsDown,
  ThumbsUp,
  Trash,
  Volume2,
  WrapText,
  Wrench,
  ZoomIn,
  ZoomOut,
};

/**
 * Returns the source of a module with icon components. The shapes are Lucide's. Our component takes a fifth of the size of
 * theirs.
 *
 * @param {Readonly<Record<string, import('lucide-react').LucideIcon>>} icons
 */
export function createIconsModule(icons) {
  const constants = Object.entries(icons).map(([name, icon]) => {
    const id = name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    const shapes = renderToStaticMarkup(createElement(icon)).match(/<(?!svg)\w+ [^>]*>/g) ?? [];
    return `export const ${name} = /* @__PURE__ */ createIcon('${id}', '${shapes.map(toPathData).map(roundPathData).map(startAbsolutely).join('')}');\n`;
  });
  return `// Generated from lucide-react by \`npm run generate\`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License,
// Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

${constants.join('')}`;
}

/**
 * Converts an SVG shape to the `d` attribute of a path.
 *
 * @param {string} element
 */
function toPathData(element) {
  const getText = (/** @type {string} */ name) =>
    new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
  const getNumber = (/** @type {string} */ name) => Number(getText(name));
  const shape = /\w+/.exec(element)?.[0];
  switch (shape) {
    case 'path':
      return getText('d');
    case 'line':
      return `M${getText('x1')} ${getText('y1')}L${getText('x2')} ${getText('y2')}`;
    case 'circle': {
      const r = getNumber('r');
      return `M${getNumber('cx') - r} ${getText('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0z`;
    }
    case 'rect': {
      const r = getNumber('rx');
      const [across, down] = [getNumber('width') - 2 * r, getNumber('height') - 2 * r];
      const corner = `a${r} ${r} 0 0 1`;
      return `M${getNumber('x') + r} ${getText('y')}h${across}${corner} ${r} ${r}v${down}${corner}-${r} ${r}h-${across}${corner}-${r}-${r}v-${down}${corner} ${r}-${r}z`;
    }
    default:
      throw new Error(
        `An icon contains the element ${shape}. Add its conversion to a path to toPathData in scripts/icons.js.`,
      );
  }
}

/**
 * Rounds the numbers of a path to tenths, which is a twelfth of a pixel in an icon of 20 pixels. A single hundredth remains,
 * because Lucide draws dots as lines of that length.
 *
 * @param {string} path
 */
function roundPathData(path) {
  return path.replace(/-?\d*\.(?!01\b)\d{2,}/g, (number) => {
    const tenths = Number(number)
      .toFixed(1)
      .replace(/^(-?)0/, '$1');
    // The decimal point may have separated the number from the previous one.
    return number.startsWith('.') && !tenths.startsWith('.') ? ` ${tenths}` : tenths;
  });
}

/**
 * Makes the first move of a path independent of a path before it. Commands that follow the move stay relative.
 *
 * @param {string} path
 */
function startAbsolutely(path) {
  return path.startsWith('m') ? `M0 0${path}` : path;
}
