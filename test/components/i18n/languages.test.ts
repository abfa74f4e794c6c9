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

/** Texts that hold two words before the count. */
const TWO_WORDS = new Set(['run.usageDetail', 'tools.ready', 'composer.tooLong']);

/** Words that are the same in two languages, and the field's own. */
const SHARED: Record<string, readonly string[]> = {
  German: ['Code', 'Name', 'Text', 'JSON', 'Code, Ⓐ', 'Ⓐ Tokens', 'Ⓐ Token'],
  Spanish: ['JSON', 'no', 'Ⓐ tokens', 'Ⓐ token'],
  French: ['Code', 'Image', 'Message', 'Conversation', 'Arguments', 'Assistant', 'JSON', 'Code, Ⓐ'],
  Japanese: ['JSON'],
  Chinese: ['JSON'],
  Arabic: ['JSON'],
};

/** Names that stay as they are in every script. */
const NAMES = /JSON|Assistants|Enter|Shift|file_search|token|type|ok|true|ID/g;

/** Every text of a catalogue by its path; functions with `Ⓐ`, `Ⓑ` as their words, for each count that grammar may look at. */
function everyText(texts: object, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, text] of Object.entries(texts) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof text === 'string') all.set(at, text);
    else if (typeof text === 'function') {
      for (const count of COUNTS)
        all.set(
          `${at}(${count})`,
          String(Reflect.apply(text, undefined, ['Ⓐ', ...(TWO_WORDS.has(at) ? ['Ⓑ'] : []), count])),
        );
    } else if (typeof text === 'object' && text !== null)
      everyText(text, at).forEach((value, key) => all.set(key, value));
  }
  return all;
}

const expected = [...everyText(english).keys()].toSorted();

describe.each(Object.entries(languages))('in %s', (_, texts) => {
  const all = everyText(texts);

  it('every text is there', () => {
    expect([...all.keys()].toSorted()).toEqual(expected);
    expect(
      [...all].filter(([, text]) => text.trim() === '' || /undefined|NaN|\[object/.test(text)),
    ).toEqual([]);
  });

  it('every text shows what it is given', () => {
    const given = [...all].filter(([key]) => key.endsWith('(5)'));
    const wordless = given.filter(([, text]) => !text.includes('Ⓐ'));
    expect(wordless).toEqual([]);
    expect(given.length).toBeGreaterThan(25);
  });
});

it.each(Object.entries(SHARED))('leaves no English in %s', (name, shared) => {
  const words = everyText(english);
  const left = [...everyText(languages[name] ?? {})].filter(
    ([key, text]) => text === words.get(key) && !shared.includes(text),
  );
  expect(left).toEqual([]);
});

it.each(['Japanese', 'Chinese', 'Arabic'])('writes %s in its own script', (name) => {
  const latin = [...everyText(languages[name] ?? {})].filter(([, text]) =>
    /[A-Za-z]{2}/.test(text.replace(NAMES, '')),
  );
  expect(latin).toEqual([]);
});

it('counts as each language does', () => {
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
