import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useStoredDraft } from '../../src/hooks/useStoredDraft.js';

beforeEach(() => {
  sessionStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function renderDraft(name: string, owner: object = {}) {
  const { result, rerender, unmount } = renderHook(
    (props) => useStoredDraft(props.name, props.owner),
    { initialProps: { name, owner } },
  );
  return {
    getText: () => result.current[0],
    setText: (text: string) => act(() => result.current[1](text)),
    rerender,
    unmount,
  };
}

const readStorage = () =>
  Object.entries(sessionStorage).map(([name, text]) => [name.split(':').at(-1), text]);

it('stores a text 300 ms after the last change', () => {
  const { setText } = renderDraft('a');
  for (const text of ['T', 'Te', 'Tea']) {
    setText(text);
    vi.advanceTimersByTime(200);
  }
  expect(readStorage()).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(readStorage()).toEqual([['a', 'Tea']]);
});

it.each(['pagehide', 'unmount'])('stores an unsaved text at %s', (end) => {
  const { setText, unmount } = renderDraft('a');
  setText('Tea');
  if (end === 'unmount') unmount();
  else window.dispatchEvent(new Event('pagehide'));
  expect(readStorage()).toEqual([['a', 'Tea']]);
  expect(renderDraft('a').getText()).toBe('Tea');
});

it('removes an empty text from the storage', () => {
  const { setText, unmount } = renderDraft('a');
  setText('Tea');
  vi.advanceTimersByTime(300);
  setText('');
  unmount();
  expect(readStorage()).toEqual([]);
});

it('keeps a text for each name', () => {
  const { getText, setText, rerender } = renderDraft('a');
  setText('Tea');
  rerender({ name: 'b', owner: {} });
  expect(getText()).toBe('');
  setText('Coffee');
  rerender({ name: 'a', owner: {} });
  expect(getText()).toBe('Tea');
  expect(readStorage()).toEqual([
    ['a', 'Tea'],
    ['b', 'Coffee'],
  ]);
});

it('moves the text to a new name of the same owner', () => {
  const owner = {};
  const { getText, setText, rerender } = renderDraft('', owner);
  setText('Tea');
  rerender({ name: 'thread_1', owner });
  expect(getText()).toBe('Tea');
  vi.advanceTimersByTime(300);
  expect(readStorage()).toEqual([['thread_1', 'Tea']]);
});
