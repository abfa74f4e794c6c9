import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useStoredDraft } from '../../src/hooks/useStoredDraft.js';

beforeEach(() => {
  sessionStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

function draftOf(name: string, owner: object = {}) {
  const { result, rerender, unmount } = renderHook(
    (props) => useStoredDraft(props.name, props.owner),
    { initialProps: { name, owner } },
  );
  return {
    text: () => result.current[0],
    write: (text: string) => act(() => result.current[1](text)),
    show: rerender,
    unmount,
  };
}

const kept = () =>
  Object.entries(sessionStorage).map(([name, text]) => [name.split(':').at(-1), text]);

it('keeps a text once nobody has written for a while, not with every key', () => {
  const { write } = draftOf('a');
  for (const text of ['T', 'Te', 'Tea']) {
    write(text);
    vi.advanceTimersByTime(200);
  }
  expect(kept()).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(kept()).toEqual([['a', 'Tea']]);
});

it.each(['pagehide', 'unmount'])('keeps what is younger than that at %s', (end) => {
  const { write, unmount } = draftOf('a');
  write('Tea');
  if (end === 'unmount') unmount();
  else window.dispatchEvent(new Event('pagehide'));
  expect(kept()).toEqual([['a', 'Tea']]);
  expect(draftOf('a').text()).toBe('Tea');
});

it('forgets a text that was sent', () => {
  const { write, unmount } = draftOf('a');
  write('Tea');
  vi.advanceTimersByTime(300);
  write('');
  unmount();
  expect(kept()).toEqual([]);
});

it('has a text for each name', () => {
  const { text, write, show } = draftOf('a');
  write('Tea');
  show({ name: 'b', owner: {} });
  expect(text()).toBe('');
  write('Coffee');
  show({ name: 'a', owner: {} });
  expect(text()).toBe('Tea');
  expect(kept()).toEqual([
    ['a', 'Tea'],
    ['b', 'Coffee'],
  ]);
});

it('takes the text along to the name that its owner is given', () => {
  const owner = {};
  const { text, write, show } = draftOf('', owner);
  write('Tea');
  show({ name: 'thread_1', owner });
  expect(text()).toBe('Tea');
  vi.advanceTimersByTime(300);
  expect(kept()).toEqual([['thread_1', 'Tea']]);
});
