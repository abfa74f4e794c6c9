import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { formatCurl } from '../../src/common/formatCurl.js';

it('formats a request without keys', () => {
  const command = formatCurl({
    method: 'POST',
    url: 'https://ann:secret@api.test/v1/threads?api-version=v1&api_key=abc&sig=def#end',
    headers: [
      ['Authorization', 'Bearer sk-secret'],
      ['api-key', 'secret'],
      ['Cookie', 'session=secret'],
      ['Content-Type', 'application/json'],
    ],
    body: '{"metadata":{"note":"it\'s"}}',
  });
  expect(command.split('\n')).toEqual([
    "curl 'https://api.test/v1/threads?api-version=v1&api_key=REDACTED&sig=REDACTED' \\",
    '  -H "Authorization: Bearer $API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    String.raw`  --data-raw '{"metadata":{"note":"it'\''s"}}'`,
  ]);
});

it('names methods that are not the default of curl', () => {
  const format = (method: string, body?: string) =>
    formatCurl({ method, url: 'https://api.test/v1/files', headers: [], body }).split(' \\')[0];
  expect(format('GET')).toBe("curl 'https://api.test/v1/files'");
  expect(format('DELETE')).toBe("curl 'https://api.test/v1/files' -X DELETE");
  expect(format('POST')).toBe("curl 'https://api.test/v1/files' -X POST");
  expect(format('POST', '{}')).toBe("curl 'https://api.test/v1/files'");
});

it('passes hostile text to a shell unchanged', () => {
  const body = `'; $(touch /tmp/x) \`id\` "$HOME" \\ \n !! é`;
  const command = formatCurl({ method: 'POST', url: 'https://api.test/', headers: [], body });
  const script = `curl() { while [ $# -gt 1 ]; do shift; done; printf %s "$1"; }; ${command}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(body);
});
