import { expect, it } from 'vitest';
import { groupThreads } from '../../../src/core/threads/groupThreads.js';

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
const NOW = at(2026, 2, 30, 12);

const group = (...times: number[]) =>
  groupThreads(
    times.map((updatedAt, index) => ({ id: `thread_${index}`, title: '', updatedAt })),
    NOW,
  ).map(({ kind, threads }) => [kind, threads.map(({ id }) => id).join(' ')]);

it.each([
  ['today', at(2026, 2, 30)],
  ['today', at(2026, 2, 31, 9)],
  ['yesterday', at(2026, 2, 30) - 1],
  ['yesterday', at(2026, 2, 29)],
  ['week', at(2026, 2, 29) - 1],
  ['week', at(2026, 2, 23)],
  ['month', at(2026, 2, 23) - 1],
  ['month', at(2026, 1, 28)],
  ['older', at(2026, 1, 28) - 1],
])('counts days of the local calendar: %s', (age, time) => {
  expect(group(time)).toEqual([[age, 'thread_0']]);
});

it('keeps the order of groups and threads', () => {
  expect(group(NOW, at(2026, 2, 30, 1), at(2026, 2, 29, 5), 0)).toEqual([
    ['today', 'thread_0 thread_1'],
    ['yesterday', 'thread_2'],
    ['older', 'thread_3'],
  ]);
  expect(group()).toEqual([]);
});

it('lists pinned threads first and archived ones last, also those that are pinned', () => {
  const groups = groupThreads(
    [
      { id: 'archived', title: '', updatedAt: NOW, isArchived: true },
      { id: 'today', title: '', updatedAt: NOW },
      { id: 'both', title: '', updatedAt: NOW, isArchived: true, isPinned: true },
      { id: 'pinned', title: '', updatedAt: 0, isPinned: true },
    ],
    NOW,
  );
  expect(groups.map(({ kind, threads }) => [kind, threads.map(({ id }) => id).join(' ')])).toEqual([
    ['pinned', 'pinned'],
    ['today', 'today'],
    ['archived', 'archived both'],
  ]);
});
