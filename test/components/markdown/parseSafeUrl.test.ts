import { expect, test } from 'vitest';
import { getMisleadingHost } from '../../../src/components/markdown/getMisleadingHost.js';
import { parseImageUrl, parseLinkUrl } from '../../../src/components/markdown/parseSafeUrl.js';

test.each([
  'https://example.org/a?b=1&c=2#d',
  'http://example.org',
  'HTTPS://EXAMPLE.ORG/',
  'mailto:someone@example.org',
  'https://例え.jp/',
])('allows the link %s', (address) => {
  expect(parseLinkUrl(address)?.href).toBeDefined();
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
])('rejects the link %j', (address) => {
  expect(parseLinkUrl(address)).toBeUndefined();
});

test('allows a link with letters beyond ASCII after many calls', () => {
  for (let times = 0; times < 20_000; times += 1)
    if (parseLinkUrl('https://é.example') === undefined)
      throw new Error(`refused the ${times}th time`);
  expect(parseLinkUrl('https://é.example')?.host).toBe('xn--9ca.example');
});

test('rejects an email address as an image', () => {
  expect(parseImageUrl('mailto:a@b.c')).toBeUndefined();
  expect(parseImageUrl('https://example.org/a.png')?.host).toBe('example.org');
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
])('%s behind the text %j displays %j', (address, text, host) => {
  const url = parseLinkUrl(address);
  if (url === undefined) throw new Error('refused');
  expect(getMisleadingHost(url, text)).toBe(host);
});
