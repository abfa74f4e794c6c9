import { expect, it } from 'vitest';
import { formatIssues } from '../../src/common/formatIssues.js';

it('joins issues, each with its path', () => {
  expect(formatIssues([])).toBe('');
  expect(
    formatIssues([
      { message: 'Too hot.', path: ['days', 0, 'high'] },
      { message: 'Not an object.', path: [] },
    ]),
  ).toBe('days.0.high: Too hot. Not an object.');
});
