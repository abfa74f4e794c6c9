import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText, type Splitting } from '../../../src/backend/search/splitText.js';

const split = (text: string, splitting?: Splitting) => [...splitText(text, splitting)];

/** Pieces are numbered, so that each passage stands in one place only. */
const text = fc
  .array(fc.constantFrom('word', ' ', '\n', '. ', '# ', '。', '🍵', 'é', '\n\n'), {
    maxLength: 300,
  })
  .map((pieces) =>
    pieces
      .map((piece, index) =>
        piece.trim() === '' ? piece : `${String(index).padStart(3, '0')}${piece}`,
      )
      .join(''),
  );
const splitting = fc
  .record({
    size: fc.integer({ min: 24, max: 200 }),
    part: fc.double({ min: 0, max: 0.5, noNaN: true }),
  })
  .map(({ size, part }) => ({ size, overlap: Math.floor(size * part) }));

test('leaves a short text whole', () => {
  expect(split('Green tea.')).toEqual(['Green tea.']);
  expect(split(' \n ')).toEqual([]);
});

test('cuts between sentences rather than in them, and repeats the end of what came before', () => {
  const sentences = Array.from(
    { length: 12 },
    (_, index) => `This is sentence number ${index}.`,
  ).join(' ');
  const passages = split(sentences, { size: 100, overlap: 40 });
  for (const passage of passages) expect(passage).toMatch(/\.$/);
  expect(
    passages.slice(1).every((passage, index) => passages[index]?.includes(passage.slice(0, 8))),
  ).toBe(true);
});

test('cuts before a heading rather than between paragraphs', () => {
  const passages = split(
    `${'Some words. '.repeat(6)}\n\nMore words here.\n# Tea\n${'Green tea. '.repeat(8)}`,
    { size: 120, overlap: 0 },
  );
  expect(passages[1]).toMatch(/^# Tea\n/);
});

test('loses no word, splits no character, keeps to its size', () => {
  fc.assert(
    fc.property(text, splitting, (written, rule) => {
      const passages = split(written, rule);
      let from = 0;
      let covered = 0;
      for (const [index, passage] of passages.entries()) {
        expect(passage.length).toBeLessThanOrEqual(rule.size);
        expect(passage).toBe(new TextDecoder().decode(new TextEncoder().encode(passage)));
        const isLast = index === passages.length - 1;
        const at = isLast
          ? written.trimEnd().length - passage.length
          : written.indexOf(passage, from);
        expect(written.startsWith(passage, at)).toBe(true);
        // Between two passages there is at most white space.
        expect(written.slice(covered, Math.max(covered, at)).trim()).toBe('');
        covered = Math.max(covered, at + passage.length);
        from = at;
      }
      expect(written.slice(covered).trim()).toBe('');
    }),
  );
});

test('takes a time that grows with the text, not faster', () => {
  const passages = split('tea '.repeat(1_000_000), { size: 1600, overlap: 800 });
  expect(passages.length).toBeLessThan(6000);
});
