import { characterEntities } from 'character-entities';
import { expect, it } from 'vitest';
import { decodeName } from '../../../../src/components/markdown/parse/decodeName.js';
import { decodeAnyName } from '../../../../src/components/markdown/parse/decodeName.lazy.js';

const entries = Object.entries(characterEntities);

it('decodes all names of the HTML standard that end with a semicolon', () => {
  expect(entries).toHaveLength(2_125);
  expect(entries.filter(([name, characters]) => decodeAnyName(name) !== characters)).toEqual([]);
});

it('decodes common names without the table of all names', () => {
  const common = entries.filter(([name]) => decodeName(name) !== undefined);
  expect(common.length).toBe(6);
  expect(common.filter(([name, characters]) => decodeName(name) !== characters)).toEqual([]);
});

it.each(['', 'nosuchname', 'AMP ', 'ampx', 'constructor', '__proto__'])(
  'does not decode %j',
  (name) => {
    expect(decodeName(name)).toBeUndefined();
    expect(decodeAnyName(name)).toBeUndefined();
  },
);
