import {
  ArrowDown, ArrowUp, Ban, Check, ChevronRight, CircleAlert, CircleHelp, Code, Copy, Download, FileText, ImageOff, LoaderCircle, MessageSquareText,
  Paperclip, Pencil, Plus, RefreshCw, RotateCw, Search, Square, ThumbsDown, ThumbsUp, Wrench, X,
} from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** The icons that stand in every conversation. */
export const conversationIcons = {
  ArrowDown, ArrowUp, Check, CircleAlert, Copy, Download, FileText, ImageOff, Paperclip, Pencil, RefreshCw, RotateCw, Square, ThumbsDown,
  ThumbsUp, X,
};

/** Those of steps, function calls and forms. */
export const toolIcons = { Ban, ChevronRight, CircleHelp, Code, LoaderCircle, MessageSquareText, Plus, Search, Wrench };

/**
 * A module of icons: Lucide's shapes in an element of our own, at a third of what they cost in Lucide's.
 * @param {Readonly<Record<string, import('lucide-react').LucideIcon>>} icons
 */
export function iconsModule(icons) {
  const functions = Object.entries(icons).map(([name, icon]) => {
    const id = name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    const shapes = renderToStaticMarkup(createElement(icon)).replace(/^<svg[^>]*>|<\/svg>$/g, '').replace(/><\/\w+>/g, ' />');
    return `export function ${name}(props: IconProps): ReactElement {\n  return <Icon data-icon="${id}" {...props}>${shapes}</Icon>;\n}\n`;
  });
  return `// Generated from lucide-react by \`npm run generate\`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import type { ReactElement } from 'react';
import { Icon, type IconProps } from './Icon.js';

${functions.join('\n')}`;
}
