import { expect, it } from 'vitest';
import { hostileTexts } from '../security/hostileTexts.js';
import { longSurfaces } from '../security/Surfaces.js';
import { setUpHostileTexts } from './setUpHostileTexts.js';

const page = setUpHostileTexts();

/** Texts that markdown renders without any visible character. */
const INVISIBLE = new Set(['rules', 'definitions', 'blanks', 'tabs', 'line breaks']);

it.each(Object.keys(hostileTexts))('renders %s readably in a message', async (name) => {
  const characters = await page.render(name, 'a message');
  expect(characters > 0 || INVISIBLE.has(name)).toBe(true);
  expect(page.errors).toEqual([]);
});

it.each(['lists in lists', 'one field that holds all'])(
  'renders %s as arguments while they are streamed',
  async (name) => {
    expect(await page.stream(name, 'arguments')).toBeGreaterThan(0);
    expect(page.errors).toEqual([]);
  },
);

it.each(Object.keys(longSurfaces).filter((surface) => !surface.includes('message')))(
  'renders long, deep and bidirectional values on the surface "%s"',
  async (surface) => {
    for (const name of ['lists in lists', 'one field that holds all']) {
      expect(await page.render(name, surface)).toBeGreaterThan(0);
    }
    expect(page.errors).toEqual([]);
  },
);

it.each(['many fields', 'many values', 'a field without a space'])(
  'renders %s as arguments',
  async (name) => {
    expect(await page.render(name, 'arguments')).toBeGreaterThan(0);
  },
);

it.each(['formulas by the thousand', 'formulas that nest', 'matrices', 'code of many lines'])(
  'renders %s with the math and highlight plug-ins',
  async (name) => {
    await page.render(name, 'formulas and colours');
    expect(page.errors).toEqual([]);
  },
);
