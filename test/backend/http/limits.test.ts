import { describe, expect, it } from 'vitest';
import type { BackendOptions } from '../../../src/backend/BackendOptions.js';
import {
  FILE_LIMITS,
  type FileLimits,
  readFileLimits,
} from '../../../src/backend/search/fileLimits.js';
import { createTestBackend } from '../createTestBackend.js';

describe('createBackend refuses', () => {
  it.each([
    ['an empty key', [''], '`apiKeys[0]` is empty.'],
    ['a blank key', ['good', ' \t'], '`apiKeys[1]` is empty.'],
    ['an undefined key', [undefined], '`apiKeys[0]` is undefined, not a string.'],
    ['null', [null], '`apiKeys[0]` is null, not a string.'],
    ['a number', [7], '`apiKeys[0]` is number, not a string.'],
    ['a key with spaces around it', [' key'], '`apiKeys[0]` has spaces around it'],
    ['a key with a line break', ['a\nb'], '`apiKeys[0]` has spaces around it or characters'],
    ['a string instead of a list', 'key', '`apiKeys` must be a list of strings.'],
  ])('%s', (_, apiKeys, message) => {
    // A configuration in JavaScript, whose keys come from the environment.
    expect(() => createTestBackend({ apiKeys: apiKeys as string[] })).toThrow(message);
  });
});

it.each([
  [{ bodyBytes: NaN }, '`limits.bodyBytes` must be a number greater than 0.'],
  [{ bodyBytes: 0 }, '`limits.bodyBytes` must be'],
  [{ uploadBytes: '1mb' }, '`limits.uploadBytes` must be'],
  [{ uploadBytes: -1 }, '`limits.uploadBytes` must be'],
  [{ files: { deadlineMs: NaN } }, '`limits.files.deadlineMs` must be a number of at least 0.'],
  [{ files: { rows: '10' } }, '`limits.files.rows` must be'],
])('createBackend refuses a limit that limits nothing: %j', (limits, message) => {
  expect(() =>
    createTestBackend({ limits: limits as NonNullable<BackendOptions['limits']> }),
  ).toThrow(message);
});

it('uses the default of a limit that is undefined', () => {
  expect(readFileLimits({ rows: undefined } as unknown as Partial<FileLimits>)).toEqual(
    FILE_LIMITS,
  );
});

it('accepts a key with a space inside', async () => {
  const { send } = createTestBackend({ apiKeys: ['two words'] });
  expect((await send('GET', '/v1/assistants', undefined, { 'api-key': 'two words' })).status).toBe(
    200,
  );
});

describe('errors repeat a large value shortened', () => {
  const long = 'x'.repeat(200_000);

  it.each([
    ['a name of metadata', '/v1/threads', { metadata: { [long]: 'a' } }],
    ['an unknown parameter', '/v1/threads', { [long]: 1 }],
    [
      'a nested unknown parameter',
      '/v1/threads',
      { messages: [{ role: 'user', content: 'a', [long]: 1 }] },
    ],
    ['a role', '/v1/threads', { messages: [{ role: long, content: 'a' }] }],
    ['a tool', '/v1/assistants', { model: 'm', tools: [{ type: long }] }],
    [
      'the id of a file',
      '/v1/threads',
      { messages: [{ role: 'user', content: 'a', attachments: [{ file_id: long, tools: [] }] }] },
    ],
    ['the id of an assistant', '/v1/threads/runs', { assistant_id: long }],
    [`a path`, `/v1/${long.slice(0, 10_000)}`, {}],
  ])('%s', async (_, path, body) => {
    const { send } = createTestBackend();
    const { status, body: answer } = await send('POST', path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer).length).toBeLessThan(1_000);
  });
});

describe('uploads', () => {
  async function upload(form: FormData) {
    const { backend } = createTestBackend();
    const response = await backend.fetch(
      new Request('http://localhost/v1/files', { method: 'POST', body: form }),
    );
    return { status: response.status, body: (await response.json()) as { error?: object } };
  }

  function createForm(name: string): FormData {
    const form = new FormData();
    form.set('purpose', 'assistants');
    form.set('file', new File(['tea'], name));
    return form;
  }

  it('limits the length of a file name', async () => {
    expect((await upload(createForm('n'.repeat(255)))).status).toBe(200);
    const { status, body } = await upload(createForm('n'.repeat(100_000)));
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message:
        "Invalid 'file': the file name is too long. Expected a name with maximum length 255, but got a name with length 100000 instead.",
      param: 'file',
      code: 'string_above_max_length',
    });
  });

  it('limits the number of parts before they are parsed', async () => {
    const form = createForm('a.txt');
    for (let index = 0; index < 1_000; index++) form.append(`field${index}`, 'x');
    const { status, body } = await upload(form);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ message: 'The multipart form has more than 20 parts.' });
  });
});

it.each([
  [
    'messages',
    '/v1/threads',
    { messages: Array.from({ length: 1_001 }, () => ({ role: 'user', content: 'a' })) },
    1000,
  ],
  [
    'messages[0].content',
    '/v1/threads',
    {
      messages: [
        { role: 'user', content: Array.from({ length: 501 }, () => ({ type: 'text', text: 'a' })) },
      ],
    },
    500,
  ],
  [
    'messages[0].attachments',
    '/v1/threads',
    {
      messages: [
        {
          role: 'user',
          content: 'a',
          attachments: Array.from({ length: 101 }, () => ({ file_id: 'file-a', tools: [] })),
        },
      ],
    },
    100,
  ],
])('names the limit of %s', async (param, path, request, limit) => {
  const { send } = createTestBackend();
  const { status, body } = await send('POST', path, request);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ param, code: 'array_above_max_length' });
  expect(body.error?.message).toContain(`maximum length ${limit}`);
});
