import { expect, it } from 'vitest';
import { hostileTexts } from '../security/hostileTexts.js';
import { MAX_LENGTH, setUpHostileTexts } from './setUpHostileTexts.js';

// The other texts and surfaces: hostileTexts.journeys.test.ts.
const page = setUpHostileTexts();

it.each([
  'one paragraph of words',
  'tiny paragraphs',
  'bidirectional controls',
  'no space at all',
  'joined emoji',
])('renders every character of %s in a message of the user', async (name) => {
  const characters = await page.render(name, 'a message of the user');
  expect(characters).toBe(hostileTexts[name]?.slice(0, MAX_LENGTH).replace(/\s/g, '').length);
});

it.each([
  'rich paragraphs',
  'lists, one deeper on each line',
  'lists within depth',
  'escapes',
  'bidirectional controls',
  'stars in a line that is still parsed',
  'links in a line that is still parsed',
  'open emphasis in lines',
])('renders %s while the text is streamed', async (name) => {
  expect(await page.stream(name, 'a message')).toBeGreaterThan(0);
  expect(page.errors).toEqual([]);
});
