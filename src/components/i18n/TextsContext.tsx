import { createContext, useContext } from 'react';
import { english } from './english.js';
import { createFormat, type Format } from './format.js';
import type { PartialTexts, Texts } from './texts.js';

/** The language of the tree: its texts and its formats. */
export interface Language {
  texts: Texts;
  format: Format;
}

/** Holds the language of the tree; English and the browser's formats where no provider stands above. */
export const TextsContext = createContext<Language>({ texts: english, format: createFormat(undefined) });

/** The texts of the tree. */
export function useTexts(): Texts {
  return useContext(TextsContext).texts;
}

/** Formatters for numbers, times and durations in the language of the tree. */
export function useFormat(): Format {
  return useContext(TextsContext).format;
}

/** A whole catalogue: the given texts over the base, text by text. */
export function mergeTexts(base: Texts, over: PartialTexts | undefined): Texts {
  if (over === undefined) return base;
  return {
    message: { ...base.message, ...over.message },
    citation: { ...base.citation, ...over.citation },
    markdown: { ...base.markdown, ...over.markdown },
    run: { ...base.run, ...over.run },
    steps: { ...base.steps, ...over.steps },
    tools: { ...base.tools, ...over.tools },
    composer: { ...base.composer, ...over.composer },
    error: { ...base.error, ...over.error },
    empty: { ...base.empty, ...over.empty },
    list: { ...base.list, ...over.list },
    announce: { ...base.announce, ...over.announce },
    file: { ...base.file, ...over.file },
    assistant: { ...base.assistant, ...over.assistant },
  };
}
