import { english, type ComponentTexts } from 'assistants-react';
import { arabic } from 'assistants-react/languages/arabic';
import { chinese } from 'assistants-react/languages/chinese';
import { french } from 'assistants-react/languages/french';
import { german } from 'assistants-react/languages/german';
import { japanese } from 'assistants-react/languages/japanese';
import { spanish } from 'assistants-react/languages/spanish';
import { describe, expect, it } from 'vitest';

const languages: Record<string, ComponentTexts> = {
  English: english,
  German: german,
  Spanish: spanish,
  French: french,
  Japanese: japanese,
  Chinese: chinese,
  Arabic: arabic,
};

const COUNTS = [0, 1, 2, 5, 11, 100];

/** Texts that take two strings before the count. */
const TEXTS_WITH_TWO_STRINGS = new Set(['run.usageDetail', 'tools.ready', 'composer.tooLong']);

/** Texts that are the same as in English, and technical terms. */
const SAME_AS_ENGLISH: Record<string, readonly string[]> = {
  German: ['Ⓐ?', 'Code', 'Name', 'Text', 'JSON', 'Code, Ⓐ', 'Ⓐ Tokens', 'Ⓐ Token', 'Minimal'],
  Spanish: ['JSON', 'no', 'Ⓐ tokens', 'Ⓐ token'],
  French: [
    'Ⓐ suggestions',
    'Ⓐ suggestion',
    'Code',
    'Image',
    'Message',
    'Conversation',
    'Arguments',
    'Assistant',
    'JSON',
    'Code, Ⓐ',
  ],
  Japanese: ['JSON'],
  Chinese: ['JSON'],
  Arabic: ['JSON'],
};

/** Names and terms that are not translated. */
const UNTRANSLATED =
  /JSON|Ctrl|Cmd|cURL|Markdown|Assistants|Enter|Shift|file_search|token|type|ok|true|ID/g;

/** Returns the texts of a catalogue by path. Functions are called with `Ⓐ` and `Ⓑ`, once for each of `COUNTS`. */
function getTexts(texts: object, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, text] of Object.entries(texts) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof text === 'string') all.set(at, text);
    else if (typeof text === 'function') {
      for (const count of COUNTS)
        all.set(
          `${at}(${count})`,
          String(
            Reflect.apply(text, undefined, [
              'Ⓐ',
              ...(TEXTS_WITH_TWO_STRINGS.has(at) ? ['Ⓑ'] : []),
              count,
            ]),
          ),
        );
    } else if (typeof text === 'object' && text !== null)
      getTexts(text, at).forEach((value, key) => all.set(key, value));
  }
  return all;
}

const expected = [...getTexts(english).keys()].toSorted();

describe.each(Object.entries(languages))('in %s', (_, texts) => {
  const all = getTexts(texts);

  it('has every text', () => {
    expect([...all.keys()].toSorted()).toEqual(expected);
    expect(
      [...all].filter(([, text]) => text.trim() === '' || /undefined|NaN|\[object/.test(text)),
    ).toEqual([]);
  });

  it('contains the arguments in every text that takes some', () => {
    const withCount5 = [...all].filter(([key]) => key.endsWith('(5)'));
    const withoutArgument = withCount5.filter(([, text]) => !text.includes('Ⓐ'));
    expect(withoutArgument).toEqual([]);
    expect(withCount5.length).toBeGreaterThan(25);
  });
});

it.each(Object.entries(SAME_AS_ENGLISH))('has no English text left in %s', (name, allowed) => {
  const englishTexts = getTexts(english);
  const untranslated = [...getTexts(languages[name] ?? {})].filter(
    ([key, text]) => text === englishTexts.get(key) && !allowed.includes(text),
  );
  expect(untranslated).toEqual([]);
});

it.each(['Japanese', 'Chinese', 'Arabic'])('writes %s in its own script', (name) => {
  const latin = [...getTexts(languages[name] ?? {})].filter(([, text]) =>
    /[A-Za-z]{2}/.test(text.replace(UNTRANSLATED, '')),
  );
  expect(latin).toEqual([]);
});

it('uses the plural forms of each language', () => {
  const steps = (texts: ComponentTexts) =>
    COUNTS.map((count) => texts.steps.count(String(count), count));
  expect(steps(german)).toEqual([
    '0 Schritte',
    '1 Schritt',
    '2 Schritte',
    '5 Schritte',
    '11 Schritte',
    '100 Schritte',
  ]);
  expect(steps(french)).toEqual([
    '0 étape',
    '1 étape',
    '2 étapes',
    '5 étapes',
    '11 étapes',
    '100 étapes',
  ]);
  expect(steps(spanish)).toEqual([
    '0 pasos',
    '1 paso',
    '2 pasos',
    '5 pasos',
    '11 pasos',
    '100 pasos',
  ]);
  expect(steps(japanese)).toEqual([
    '0 ステップ',
    '1 ステップ',
    '2 ステップ',
    '5 ステップ',
    '11 ステップ',
    '100 ステップ',
  ]);
  expect(steps(chinese)).toEqual([
    '0 个步骤',
    '1 个步骤',
    '2 个步骤',
    '5 个步骤',
    '11 个步骤',
    '100 个步骤',
  ]);
  expect(steps(arabic)).toEqual([
    '0 خطوة',
    'خطوة واحدة',
    'خطوتان',
    '5 خطوات',
    '11 خطوة',
    '100 خطوة',
  ]);
});
