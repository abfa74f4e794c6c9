import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSessionText, writeSessionText } from '../../src/common/sessionText.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function stubStorage() {
  const items = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, text: string) => items.set(name, text),
    removeItem: (name: string) => items.delete(name),
  });
}

function stubFailingStorage() {
  const fail = () => {
    throw new DOMException('Forbidden', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: fail, setItem: fail, removeItem: fail });
}

describe('session texts', () => {
  it('reads back what was written, until it is removed', () => {
    stubStorage();
    expect(readSessionText('draft')).toBeUndefined();
    writeSessionText('draft', '');
    expect(readSessionText('draft')).toBe('');
    writeSessionText('draft', undefined);
    expect(readSessionText('draft')).toBeUndefined();
  });

  it('ignores storage that throws', () => {
    stubFailingStorage();
    expect(readSessionText('draft')).toBeUndefined();
    expect(() => writeSessionText('draft', 'text')).not.toThrow();
    expect(() => writeSessionText('draft', undefined)).not.toThrow();
  });

  it('ignores missing storage', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(readSessionText('draft')).toBeUndefined();
    expect(() => writeSessionText('draft', 'text')).not.toThrow();
  });
});
