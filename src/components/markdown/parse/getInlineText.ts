import type { Inline } from './tokens.js';

/** Returns the text of inline content, as it is visible. */
export function getInlineText(inlines: readonly Inline[]): string {
  return inlines.map(getText).join('');
}

function getText(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text;
    case 'image':
      return inline.alt;
    case 'break':
      return '\n';
    default:
      return getInlineText(inline.inlines);
  }
}
