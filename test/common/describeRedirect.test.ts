import { expect, it } from 'vitest';
import { describeRedirect } from '../../src/common/describeRedirect.js';
import { isRedirect } from '../../src/common/isRedirect.js';

const from = 'https://a.example/v1/threads?key=secret';
const redirect = (location: string, status = 302) =>
  new Response(null, { status, headers: { location } });

it.each([300, 301, 302, 303, 307, 308])('recognises status %i', (status) => {
  expect(isRedirect(redirect('/x', status))).toBe(true);
  expect(describeRedirect(redirect('https://b.example/x', status), from)).toBe(
    'https://b.example/x',
  );
});

it.each([200, 204, 400, 500])('leaves out status %i', (status) => {
  const response = new Response(null, { status, headers: { location: 'https://b.example/x' } });
  expect(isRedirect(response)).toBe(false);
});

it.each([
  ['/v2/threads', 'https://a.example/v2/threads'],
  ['https://user:pass@b.example/x?token=1#part', 'https://b.example/x'],
  ['http://[broken', 'an invalid address'],
  ['', 'an invalid address'],
  [`https://b.example/${'x'.repeat(500)}`, `https://b.example/${'x'.repeat(182)}`],
])('describes the location %s', (location, description) => {
  expect(describeRedirect(redirect(location), from)).toBe(description);
});

it('describes redirects that browsers hide, and redirects that were followed', () => {
  const hidden = new Response();
  Object.defineProperty(hidden, 'type', { value: 'opaqueredirect' });
  Object.defineProperty(hidden, 'status', { value: 0 });
  Object.defineProperty(hidden, 'ok', { value: false });
  expect(isRedirect(hidden)).toBe(true);
  expect(describeRedirect(hidden, from)).toBe('another address, which browsers do not reveal');
  const followed = new Response();
  Object.defineProperty(followed, 'redirected', { value: true });
  Object.defineProperty(followed, 'url', { value: 'https://b.example/x?token=1' });
  expect(isRedirect(followed)).toBe(true);
  expect(describeRedirect(followed, from)).toBe('https://b.example/x');
});
