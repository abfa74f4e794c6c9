import { expect, it } from 'vitest';
import { HELP } from '../../../src/backend/server/help.js';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';

const MIB = 1024 * 1024;

it('serves this machine on port 8787, from memory, with the demo, when nothing else is said', () => {
  expect(parseCommand(['serve'], {})).toEqual({
    name: 'serve',
    options: { port: 8787, limits: { jsonBytes: 16 * MIB, fileBytes: 512 * MIB } },
    model: undefined,
    shutdownMs: 10_000,
  });
});

it('takes every option', () => {
  const line =
    'serve --port 0 --host 0.0.0.0 --allow-host chat.example --data d.sqlite --model-base-url https://m.example/v1 --model-api-key s --model big --key a --key b --cors https://x.example --cors https://y.example --rate-limit 60 --max-json-mib 1 --max-upload-mib 2 --shutdown-seconds 3';
  expect(parseCommand(line.split(' '), {})).toEqual({
    name: 'serve',
    shutdownMs: 3000,
    model: { baseUrl: 'https://m.example/v1', apiKey: 's', model: 'big' },
    options: {
      port: 0,
      hostname: '0.0.0.0',
      hosts: ['chat.example'],
      data: 'd.sqlite',
      keys: ['a', 'b'],
      cors: ['https://x.example', 'https://y.example'],
      rateLimit: { requestsPerMinute: 60 },
      limits: { jsonBytes: MIB, fileBytes: 2 * MIB },
    },
  });
});

it('takes keys and the model from the environment, and the command line over it', () => {
  const env = {
    MODEL_BASE_URL: 'http://m.example',
    MODEL_API_KEY: 's',
    MODEL: 'big',
    ASSISTANTS_KEYS: 'a, b',
  };
  expect(parseCommand(['serve'], env)).toMatchObject({
    model: { baseUrl: 'http://m.example', apiKey: 's', model: 'big' },
    options: { keys: ['a', 'b'] },
  });
  expect(parseCommand(['serve', '--model', 'small', '--key', 'c'], env)).toMatchObject({
    model: { model: 'small' },
    options: { keys: ['c'] },
  });
});

it('lets all origins in with a star', () => {
  expect(parseCommand(['serve', '--cors', '*'], {})).toMatchObject({ options: { cors: '*' } });
});

it.each([
  [['serve', '--port', '70000'], '--port takes'],
  [['serve', '--port', '8e3'], '--port takes'],
  [['serve', '--port='], '--port takes'],
  [['serve', '--rate-limit', '0'], '--rate-limit takes'],
  [['serve', '--max-json-mib', '0'], '--max-json-mib takes'],
  [['serve', '--max-upload-mib', '2000'], '--max-upload-mib takes'],
  [['serve', '--shutdown-seconds', '-1'], 'shutdown-seconds'],
  [['serve', '--model', 'big'], 'needs --model-base-url'],
  [['serve', '--model-base-url', 'm.example', '--model', 'big'], 'http://'],
  [['serve', '--key', ''], 'must not be empty'],
  [['serve', '--colour'], "Unknown option '--colour'"],
  [['serve', 'now'], "'now'"],
  [['start'], "no command 'start'"],
])('refuses %j', (argv, reason) => {
  expect(parseCommand(argv, {})).toEqual({
    name: 'refuse',
    reason: expect.stringContaining(reason),
  });
});

it('knows help and version', () => {
  expect(
    [[], ['--help'], ['serve', '-h'], ['--version']].map((argv) => parseCommand(argv, {}).name),
  ).toEqual(['help', 'help', 'help', 'version']);
});

it('names every option in the help', () => {
  const options = [
    'port',
    'host',
    'allow-host',
    'data',
    'model-base-url',
    'model-api-key',
    'model',
    'key',
    'cors',
    'rate-limit',
    'max-json-mib',
    'max-upload-mib',
    'shutdown-seconds',
  ];
  expect(options.filter((option) => !HELP.includes(`  --${option} `))).toEqual([]);
});
