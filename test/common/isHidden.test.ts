import { afterEach, describe, expect, it, vi } from 'vitest';
import { isHidden } from '../../src/common/isHidden.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('isHidden', () => {
  it.each([
    ['a hidden page', { visibilityState: 'hidden' }, true],
    ['a visible page', { visibilityState: 'visible' }, false],
    ['an environment without a document', undefined, false],
  ])('reports %s', (_, document, expected) => {
    vi.stubGlobal('document', document);
    expect(isHidden()).toBe(expected);
  });
});
