import { expect, test } from 'vitest';
import { hostToShow, safeImageUrl, safeLinkUrl } from '../../../src/components/markdown/safeUrl.js';

test.each([
  'https://example.org/a?b=1&c=2#d',
  'http://example.org',
  'HTTPS://EXAMPLE.ORG/',
  'mailto:someone@example.org',
  'https://例え.jp/',
])('%s may be followed', (address) => {
  expect(safeLinkUrl(address)?.href).toBeDefined();
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/1',
  'intent://scan#Intent;end',
  'tel:+123',
  'ftp://example.org',
  'ws://example.org',
  'sandbox:/mnt/data/a.csv',
  'about:blank',
  'view-source:https://example.org',
  '//evil.example',
  '/path',
  'path',
  '#hash',
  '?query',
  '',
  'https:',
  'https://',
  'https:/evil.example',
  'https:evil.example',
  'https:\\\\evil.example',
  'https://example.org\\@evil.example',
  'https://user@evil.example',
  'https://example.org:pass@evil.example/',
  'https://example.org%40evil.example@evil.example',
  'https://exa\u200bmple.org',
  'https://example.org/\u202etxt.exe',
  'https://example.org/a b',
  'mailto:',
  'http://[::1',
  'https://exam ple.org',
])('%j may not be followed', (address) => {
  expect(safeLinkUrl(address)).toBeUndefined();
});

test('an address with letters beyond ASCII may be followed however often it was asked for', () => {
  for (let times = 0; times < 20_000; times += 1)
    if (safeLinkUrl('https://é.example') === undefined)
      throw new Error(`refused the ${times}th time`);
  expect(safeLinkUrl('https://é.example')?.host).toBe('xn--9ca.example');
});

test('an image is never mail', () => {
  expect(safeImageUrl('mailto:a@b.c')).toBeUndefined();
  expect(safeImageUrl('https://example.org/a.png')?.host).toBe('example.org');
});

test.each([
  ['https://xn--pple-43d.com/', 'Apple', 'xn--pple-43d.com'],
  ['https://аpple.com/', 'Apple', 'xn--pple-43d.com'],
  ['https://evil.example/', 'paypal.com', 'evil.example'],
  ['https://evil.example/', 'https://paypal.com/login', 'evil.example'],
  ['https://www.example.org/a', 'example.org', undefined],
  ['https://example.org/a', 'read more', undefined],
  ['https://example.org/a', 'see this. And that', undefined],
  ['mailto:evil@example.org', 'help@bank.example', 'evil@example.org'],
  ['mailto:help@bank.example', 'help@bank.example', undefined],
])('%s behind the text %j shows %j', (address, text, host) => {
  const url = safeLinkUrl(address);
  if (url === undefined) throw new Error('refused');
  expect(hostToShow(url, text)).toBe(host);
});
