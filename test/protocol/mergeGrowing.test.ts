import { describe, expect, it } from 'vitest';
import { mergeGrowing } from '../../src/protocol/mergeGrowing.js';

interface Growing {
  status: string;
  content: unknown;
}

const merge = (current: Growing, incoming: Growing) =>
  mergeGrowing(current, incoming, ({ content }) => content);

const inProgress = (content: unknown): Growing => ({ status: 'in_progress', content });
const completed = (content: unknown): Growing => ({ status: 'completed', content });

describe('mergeGrowing', () => {
  it.each([
    ['a longer text', inProgress(['ab']), inProgress(['abc'])],
    ['another list entry', inProgress([{ id: 'a' }]), inProgress([{ id: 'a' }, {}])],
    ['content as long as before', inProgress(['ab']), inProgress(['cd'])],
    ['the end', inProgress(['abc']), completed(['a'])],
    ['a second end', completed(['abc']), completed(['a'])],
  ])('takes the incoming snapshot with %s', (_, current, incoming) => {
    expect(merge(current, incoming)).toBe(incoming);
  });

  it.each([
    ['a shorter text', inProgress(['abc']), inProgress(['ab'])],
    ['fewer list entries', inProgress([{}, {}]), inProgress([{}])],
    ['progress after the end', completed(['a']), inProgress(['abc'])],
  ])('keeps the current snapshot for %s', (_, current, incoming) => {
    expect(merge(current, incoming)).toBe(current);
  });

  it('accepts content of any depth', () => {
    let deep: unknown = 'text';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    const incoming = inProgress(deep);
    expect(merge(inProgress(''), incoming)).toBe(incoming);
  });
});
