import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';

it('parses the options of import', () => {
  const line = 'import folder --data d.sqlite --files originals --dry-run --report r.json';
  expect(parseCommand(line.split(' '), {})).toMatchObject({
    name: 'import',
    folder: 'folder',
    target: { data: 'd.sqlite' },
    files: 'originals',
    isDryRun: true,
    report: 'r.json',
  });
});

it('parses the options of export', () => {
  const line = 'export folder --data d.sqlite --threads ids.txt';
  expect(parseCommand(line.split(' '), {})).toMatchObject({
    name: 'export',
    folder: 'folder',
    threads: 'ids.txt',
    isDryRun: false,
  });
});

it.each([
  ['import', 'needs a folder'],
  ['import a b --data d', "Unexpected argument 'b'"],
  ['import a', 'set --data FILE or --database URL'],
  ['import a --data d --database postgres://h/d', 'not both'],
  ['export a --data d --user \u0000', '--user must be the id of a user'],
  ['import a --data', 'data'],
  ['export a --data d --files f', '--files is an option of import'],
  ['export a --data d --dry-run', '--dry-run is an option of import'],
  ['import a --data d --port 1', 'port'],
  ['import a --from http://h/v1 --data d', 'not both'],
  ['import --from h --data d', '--from must be a URL'],
  ['import --from http://h --data d --beta v3', '--beta'],
  ['import --from http://h --data d --header x', '--header'],
  ['import a --data d --threads t', '--threads is an option of export'],
  ['export a --data d --from http://h', '--from is an option of import'],
])('refuses %j', (line, message) => {
  expect(parseCommand(line.split(' '), {})).toEqual({
    name: 'invalid',
    message: expect.stringContaining(message),
  });
});

it('uses DATABASE_URL unless there is a file', () => {
  const env = { DATABASE_URL: 'postgres://h/d' };
  const parse = (line: string) => parseCommand(line.split(' '), env);
  expect(parse('export a --user alice')).toMatchObject({
    target: { database: 'postgres://h/d' },
    user: 'alice',
  });
  expect(parse('export a --data d')).toMatchObject({ target: { data: 'd' } });
  expect(parse('export a --database postgres://i/e')).toMatchObject({
    target: { database: 'postgres://i/e' },
  });
});

it('shows the help', () => {
  expect(parseCommand(['import', '--help'], {})).toEqual({ name: 'help' });
});

it('parses a server to import', () => {
  const line = 'import --from https://h/v1?api-version=v1 --data d --threads t --beta none';
  expect(parseCommand(line.split(' '), { SOURCE_API_KEY: 'sk' })).toMatchObject({
    folder: undefined,
    threads: 't',
    source: { baseUrl: 'https://h/v1?api-version=v1', apiKey: 'sk', apiVersion: false },
  });
});
