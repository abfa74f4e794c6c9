import { expect, it } from 'vitest';
import { findTrigger } from '../../../src/components/composer/triggers/ComposerTrigger.js';
import { countTextSteps } from '../../textSteps/countTextSteps.js';

const slash = { char: '/', isAtStartOnly: true, items: () => [] };
const at = { char: '@', items: () => [] };
const triggers = [slash, at];

it.each([
  ['/', { trigger: slash, query: '', start: 0 }],
  ['  /sum', { trigger: slash, query: 'sum', start: 2 }],
  ['Hello /sum', undefined],
  ['Hello @gr', { trigger: at, query: 'gr', start: 6 }],
  ['Hello\n@gr', { trigger: at, query: 'gr', start: 6 }],
  ['mail@gr', undefined],
  ['@gr ', undefined],
  ['', undefined],
])('finds the trigger before the end of %j', (text, found) => {
  expect(findTrigger(text, text.length, triggers)).toEqual(found);
});

it('takes the word up to the cursor', () => {
  expect(findTrigger('@grace', 3, triggers)?.query).toBe('gr');
});

it('takes linear time for a long word', () => {
  const [short = 1, long = 0] = [2_000, 8_000].map(
    (length) =>
      countTextSteps(() => findTrigger(`${'a'.repeat(length)} `, length + 1, triggers)).steps,
  );
  expect(long / Math.max(short, 1)).toBeLessThan(5);
});
