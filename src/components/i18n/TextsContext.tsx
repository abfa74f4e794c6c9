import { createContext, useContext, useSyncExternalStore } from 'react';
import { conversationEnglish } from './conversationEnglish.js';
import { createFormat, type TextFormat } from './format.js';
import type { ConversationTexts, PartialComponentTexts } from './texts.js';

/** The language of the tree, as the providers above have given it. */
export interface Language {
  /** Texts that differ from the English ones, each catalogue over those before it. */
  texts: readonly PartialComponentTexts[];
  /** BCP 47; undefined is the browser's. */
  locale: string | undefined;
}

/**
 * Holds the language of the tree. What the providers gave, not a whole catalogue: an app that uses hooks alone has a provider
 * too, and no use for English.
 */
export const TextsContext = createContext<Language>({ texts: [], locale: undefined });

/** The texts of the tree, but for those that a plain conversation has no use for until something else is shown: see `useTexts`. */
export function useConversationTexts(): ConversationTexts {
  return useCompleted(conversationEnglish, conversations);
}

const conversations = new WeakMap<Language['texts'], ConversationTexts>();

/**
 * The texts of the tree over a catalogue.
 *
 * @param known What has been put together, made once for each language.
 */
export function useCompleted<Catalogue extends PartialComponentTexts>(
  catalogue: Catalogue,
  known: WeakMap<Language['texts'], Catalogue>,
): Catalogue {
  const { texts } = useContext(TextsContext);
  const whole = known.get(texts) ?? texts.reduce<Catalogue>(merge, catalogue);
  known.set(texts, whole);
  return whole;
}

/**
 * Formatters for numbers, times and durations in the language of the tree. A server knows neither the time zone of the reader
 * nor, without a locale, their language: what it renders, and what takes that over, is in UTC and English, and becomes the
 * reader's at once.
 */
export function useFormat(): TextFormat {
  const { locale } = useContext(TextsContext);
  const isTakenOver = useSyncExternalStore(never, isFalse, isTrue);
  return isTakenOver ? formatOf(locale ?? 'en', 'UTC') : formatOf(locale);
}

const never = () => () => undefined;
const isFalse = () => false;
const isTrue = () => true;

/** One catalogue over another, text by text. */
function merge<Base extends PartialComponentTexts>(base: Base, over: PartialComponentTexts): Base {
  const merged: Base = { ...base };
  // A catalogue is two levels deep: rooms, and texts in them.
  for (const [room, texts] of Object.entries(over))
    Object.assign(merged, { [room]: { ...Reflect.get(base, room), ...texts } });
  return merged;
}

const formats = new Map<string, TextFormat>();

function formatOf(locale: string | undefined, timeZone?: 'UTC'): TextFormat {
  const key = `${locale ?? ''} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = createFormat(locale, timeZone);
  formats.set(key, made);
  return made;
}
