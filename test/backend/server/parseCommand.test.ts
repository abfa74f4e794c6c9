import { expect, it } from 'vitest';
import { HELP } from '../../../src/backend/server/help.js';
import { parseCommand, SERVE_OPTIONS } from '../../../src/backend/server/parseCommand.js';

const MIB = 1024 * 1024;

it('uses port 8787, memory and the demo by default', () => {
  expect(parseCommand(['serve'], {})).toEqual({
    name: 'serve',
    options: { port: 8787, limits: { bodyBytes: 4 * MIB, uploadBytes: 512 * MIB } },
    model: undefined,
    shutdownMs: 10_000,
  });
});

it('parses every option', () => {
  const line =
    'serve --port 0 --host 0.0.0.0 --allow-host chat.example --data d.sqlite --model-base-url https://m.example/v1 --model-api-key s --model big --key a --key b --cors https://x.example --cors https://y.example --rate-limit 60 --max-json-mib 1 --max-upload-mib 2 --shutdown-seconds 3 --unsupported-tools ignore';
  expect(parseCommand(line.split(' '), {})).toEqual({
    name: 'serve',
    shutdownMs: 3000,
    model: { baseUrl: 'https://m.example/v1', apiKey: 's', model: 'big' },
    options: {
      port: 0,
      hostname: '0.0.0.0',
      allowedHosts: ['chat.example'],
      data: 'd.sqlite',
      apiKeys: ['a', 'b'],
      cors: ['https://x.example', 'https://y.example'],
      rateLimit: { requestsPerMinute: 60 },
      limits: { bodyBytes: MIB, uploadBytes: 2 * MIB },
      unsupportedTools: 'ignore',
    },
  });
});

it('serves metrics on a port of their own', () => {
  const line = ['serve', '--metrics-port', '9464'];
  expect(parseCommand(line, {})).toMatchObject({ options: { metrics: { port: 9464 } } });
  expect(parseCommand([...line, '--metrics-host', '0.0.0.0'], {})).toMatchObject({
    options: { metrics: { port: 9464, hostname: '0.0.0.0' } },
  });
  expect(parseCommand(['serve', '--metrics-host', '0.0.0.0'], {})).toEqual({
    name: 'invalid',
    message: '--metrics-host requires --metrics-port.',
  });
});

it('keeps the contents of files in a folder or a bucket', () => {
  const parse = (place: string, env = {}) => parseCommand(['serve', '--blob-store', place], env);
  expect(parse('files')).toMatchObject({ blobs: { type: 'folder', path: 'files' } });
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  expect(
    parse('s3://chat/a/b', { ...keys, AWS_REGION: 'eu-test-1', AWS_ENDPOINT_URL: 'http://s3' }),
  ).toMatchObject({
    blobs: {
      type: 's3',
      bucket: 'chat',
      prefix: 'a/b/',
      region: 'eu-test-1',
      endpoint: 'http://s3',
      ...credentials,
    },
  });
  expect(parseCommand(['serve'], { ...keys, BLOB_STORE: 's3://chat' })).toMatchObject({
    blobs: { type: 's3', bucket: 'chat', prefix: '', ...credentials },
  });
  expect(parseCommand(['import', 'a', '--data', 'd', '--blob-store', 'f'], {})).toMatchObject({
    blobs: { type: 'folder', path: 'f' },
  });
});

it.each([
  ['https://chat', 'must be a folder, or a bucket'],
  ['s3://', 'must be a folder, or a bucket'],
  ['s3://chat?x', 'must be a folder, or a bucket'],
  ['s3://chat', 'needs AWS_ACCESS_KEY_ID'],
])('refuses the blob store %j', (place, message) => {
  expect(parseCommand(['serve', '--blob-store', place], {})).toEqual({
    name: 'invalid',
    message: expect.stringContaining(message),
  });
});

it('limits the runs of users', () => {
  const line = ['serve', '--concurrent-runs', '3'];
  expect(parseCommand([...line, '--users', 'users.json'], {})).toMatchObject({
    options: { limits: { concurrentRuns: 3 } },
  });
  expect(parseCommand(line, {})).toEqual({
    name: 'invalid',
    message: '--concurrent-runs needs --users.',
  });
});

it('turns reasoning off', () => {
  expect(parseCommand(['serve', '--no-reasoning'], {})).toMatchObject({
    options: { reasoning: false },
  });
});

it('reads keys and the model from the environment unless options set them', () => {
  const env = {
    MODEL_BASE_URL: 'http://m.example',
    MODEL_API_KEY: 's',
    MODEL: 'big',
    ASSISTANTS_KEYS: 'a, b',
  };
  expect(parseCommand(['serve'], env)).toMatchObject({
    model: { baseUrl: 'http://m.example', apiKey: 's', model: 'big' },
    options: { apiKeys: ['a', 'b'] },
  });
  expect(parseCommand(['serve', '--model', 'small', '--key', 'c'], env)).toMatchObject({
    model: { model: 'small' },
    options: { apiKeys: ['c'] },
  });
});

it('takes embeddings from the server of the model, or from one of their own', () => {
  const server = ['serve', '--model-base-url', 'http://m.example/v1', '--model-api-key', 's'];
  expect(parseCommand([...server, '--embeddings-model', 'small'], {})).toMatchObject({
    embeddings: { baseUrl: 'http://m.example/v1', apiKey: 's', model: 'small' },
  });
  const env = { EMBEDDINGS_BASE_URL: 'http://e.example/v1', EMBEDDINGS_MODEL: 'small' };
  const own = parseCommand([...server, '--embeddings-dimensions', '256'], env);
  expect(own).toMatchObject({
    embeddings: { baseUrl: 'http://e.example/v1', model: 'small', dimensions: 256 },
  });
  expect(own).not.toHaveProperty('embeddings.apiKey');
  expect(parseCommand(['serve'], {})).not.toHaveProperty('embeddings');
});

it('reads the limits of the model from options and from the environment', () => {
  const base = ['serve', '--model-base-url', 'http://m.example'];
  const line =
    '--model-timeout-seconds 900 --model-retries 0 --model-retry-min-ms 50 --model-retry-max-seconds 5 --model-loading-seconds 60';
  const env = {
    MODEL_TIMEOUT_SECONDS: '900',
    MODEL_RETRIES: '0',
    MODEL_RETRY_MIN_MS: '50',
    MODEL_RETRY_MAX_SECONDS: '5',
    MODEL_LOADING_SECONDS: '60',
  };
  const model = {
    timeoutMs: 900_000,
    retry: { attempts: 0, minDelayMs: 50, maxDelayMs: 5000, loadingMs: 60_000 },
  };
  expect(parseCommand([...base, ...line.split(' ')], {})).toMatchObject({ model });
  expect(parseCommand(base, env)).toMatchObject({ model });
  expect(parseCommand([...base, '--model-retries', '4'], env)).toMatchObject({
    model: { retry: { attempts: 4 } },
  });
  for (const name of Object.keys(env)) expect(HELP).toContain(name);
  expect(parseCommand(base, { MODEL_RETRIES: 'many' })).toEqual({
    name: 'invalid',
    message: '--model-retries must be an integer from 0 to 100.',
  });
});

it('allows all origins with a star', () => {
  expect(parseCommand(['serve', '--cors', '*'], {})).toMatchObject({ options: { cors: '*' } });
});

it.each([
  [['serve', '--port', '70000'], '--port must be an integer from 0 to 65535.'],
  [['serve', '--port', '8e3'], '--port must be'],
  [['serve', '--port=x'], '--port must be'],
  [['serve', '--cors', 'https://app.example', '--cors', ''], '--cors must not be empty.'],
  [['import', 'a', '--data', ' '], '--data must not be empty.'],
  [['serve', '--rate-limit', '0'], '--rate-limit must be'],
  [['serve', '--max-json-mib', '0'], '--max-json-mib must be'],
  [['serve', '--max-upload-mib', '2000'], '--max-upload-mib must be'],
  [['serve', '--shutdown-seconds', '-1'], 'shutdown-seconds'],
  [['serve', '--unsupported-tools', 'drop'], 'unsupported-tools'],
  [['serve', '--built-in-tool', 'web_search'], '--built-in-tool requires --model-base-url'],
  ...[
    ['x', "or file_search:IDS, not 'x'."],
    ['x:1', "or file_search:IDS, not 'x:1'."],
    ['web_search:1', '--built-in-tool web_search takes no ids'],
    ['file_search', '--built-in-tool file_search needs the ids'],
    ['file_search: ,', '--built-in-tool file_search needs the ids'],
  ].map(([tool = '', message = '']): [string[], string] => [
    ['serve', '--model-base-url', 'http://m.example', '--built-in-tool', tool],
    message,
  ]),
  [['serve', '--model', 'big'], '--model requires --model-base-url'],
  [['serve', '--model-base-url', 'm.example', '--model', 'big'], 'http://'],
  [['serve', '--embeddings-model', 'e'], '--embeddings-model requires --embeddings-base-url'],
  [['serve', '--embeddings-batch', '9'], '--embeddings-batch requires --embeddings-model'],
  [['serve', '--embeddings-base-url', 'e.example', '--embeddings-model', 'e'], 'http://'],
  [
    'serve --embeddings-base-url http://e.example --embeddings-model e --embeddings-batch 0'.split(
      ' ',
    ),
    '--embeddings-batch must be',
  ],
  [['serve', '--key', ''], '--key must not be empty.'],
  [['serve', '--admin', 'a'], '--admin needs --users.'],
  [['serve', '--jwt-issuer', 'a'], '--jwt-issuer needs --users.'],
  [['serve', '--users', 'u.json', '--key', 'a'], 'Set either --users or --key'],
  [['serve', '--users', 'u.json', '--jwt-claim', 'a'], '--jwt-claim needs the URL of a JWKS'],
  [['serve', '--users', 'https://a.test'], 'needs --jwt-issuer or --jwt-audience'],
  [['serve', '--users='], '--users must not be empty.'],
  [['serve', '--colour'], "Unknown option '--colour'"],
  [['serve', 'now'], "Unexpected argument 'now'."],
  [['start'], "Unknown command 'start'."],
])('rejects %j', (argv, message) => {
  expect(parseCommand(argv, {})).toEqual({
    name: 'invalid',
    message: expect.stringContaining(message),
  });
});

it('reads the tools that the model server runs itself', () => {
  const argv =
    'serve --model-base-url http://m.example --built-in-tool web_search --built-in-tool file_search:vs_1,vs_2 --built-in-tool code_interpreter';
  expect(parseCommand(argv.split(' '), {})).toMatchObject({
    model: {
      builtInTools: [
        { type: 'web_search' },
        { type: 'file_search', vector_store_ids: ['vs_1', 'vs_2'] },
        { type: 'code_interpreter', container: { type: 'auto' } },
      ],
    },
  });
  expect(parseCommand([...argv.split(' '), '--built-in-tool', 'web_search'], {})).toMatchObject({
    message: '--built-in-tool names web_search twice. Name each tool once.',
  });
});

it('recognizes help and version', () => {
  expect(
    [[], ['--help'], ['serve', '-h'], ['--version']].map((argv) => parseCommand(argv, {}).name),
  ).toEqual(['help', 'help', 'help', 'version']);
});

it('lists every option in the help', () => {
  const isListed = (option: string) => new RegExp(String.raw`--${option}\s`).test(HELP);
  expect(Object.keys(SERVE_OPTIONS).filter((option) => !isListed(option))).toEqual([]);
});

it('fits the help into 80 columns', () => {
  expect(HELP.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('reads the database from the option or the environment, and --data instead of the environment', () => {
  const env = { DATABASE_URL: 'postgres://db.example/a' };
  const readStore = (argv: string[], variables = env) => {
    const command = parseCommand(['serve', ...argv], variables);
    return command.name === 'serve'
      ? [command.options.data, command.options.database]
      : command.name === 'invalid' && command.message;
  };
  expect(readStore([])).toEqual([undefined, 'postgres://db.example/a']);
  expect(readStore(['--database', 'postgres://db.example/b'])).toEqual([
    undefined,
    'postgres://db.example/b',
  ]);
  expect(readStore(['--data', 'x.sqlite'])).toEqual(['x.sqlite', undefined]);
  expect(readStore(['--data', 'x.sqlite', '--database', 'postgres://db.example/b'])).toBe(
    'Set either --data or --database. A server has one store.',
  );
});

it('parses create', () => {
  expect(parseCommand(['create', 'chat'], {})).toEqual({
    name: 'create',
    folder: 'chat',
    example: 'vite',
  });
  expect(parseCommand(['create', 'chat', '--example', 'next'], {})).toMatchObject({
    example: 'next',
  });
  expect(parseCommand(['create', '--help'], {})).toEqual({ name: 'help' });
});

it.each([
  [['create'], 'create needs a folder: assistants-react create FOLDER.'],
  [['create', 'a', 'b'], "Unexpected argument 'b'."],
])('refuses %j', (argv, message) => {
  expect(parseCommand(argv, {})).toEqual({ name: 'invalid', message });
});

it('refuses the empty value of a variable that is missing, also for an option that would mean more then', () => {
  const names = Object.entries(SERVE_OPTIONS).flatMap(([name, { type }]) =>
    type === 'string' && !name.endsWith('-prefix') ? [name] : [],
  );
  expect(names).toContain('host');
  for (const name of names) {
    expect(parseCommand(['serve', `--${name}`, ''], {})).toEqual({
      name: 'invalid',
      message: `--${name} must not be empty. Is an environment variable missing?`,
    });
  }
});

it('reads empty variables of the environment as missing, except for that of the keys', () => {
  const env = {
    MODEL_BASE_URL: '',
    MODEL: '',
    MODEL_API_KEY: '',
    MODEL_RETRIES: '',
    EMBEDDINGS_MODEL: '',
    EMBEDDINGS_BASE_URL: '',
    DATABASE_URL: '',
    BLOB_STORE: '',
  };
  expect(parseCommand(['serve'], env)).toEqual(parseCommand(['serve'], {}));
  const base = ['serve', '--model-base-url', 'http://m.example'];
  expect(parseCommand(base, env)).toMatchObject({ model: { apiKey: undefined, model: undefined } });
  expect(parseCommand(['serve'], { ASSISTANTS_KEYS: '' })).toEqual({
    name: 'invalid',
    message: 'ASSISTANTS_KEYS has an empty key. Unset it to need no key.',
  });
});
