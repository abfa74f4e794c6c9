import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/protocol/parseRetryAfter.js';

const nowMs = Date.parse('2030-01-01T00:00:00Z');

it.each<[Record<string, string>, number]>([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': ' 1.5 ' }, 1_500],
  [{ 'retry-after': '86400' }, 86_400_000],
  [{ 'retry-after-ms': '1500' }, 1_500],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9_000],
  [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:00 GMT' }, 0],
])('reads %j', (headers, delayMs) => {
  expect(parseRetryAfter(new Headers(headers), nowMs)).toBe(delayMs);
});

it.each<Record<string, string>>([
  {},
  { 'retry-after': '' },
  { 'retry-after': '-5' },
  { 'retry-after-ms': '-5' },
  { 'retry-after': 'soon' },
  { 'retry-after': 'in 2099' },
  { 'retry-after': '1e3' },
  { 'retry-after': '5, 5' },
  { 'retry-after': 'NaN' },
  { 'retry-after': 'soon GMT' },
  { 'retry-after': 'Mon, 31 Dec 2029 23:00:00 GMT' },
])('ignores %j', (headers) => {
  expect(parseRetryAfter(new Headers(headers), nowMs)).toBeUndefined();
});
