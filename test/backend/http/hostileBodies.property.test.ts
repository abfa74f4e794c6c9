import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, serve } from '../../../src/backend/server/serve.js';
import { assertProperty } from '../../assertProperty.js';
import { helloModel } from '../createTestBackend.js';

let server: RunningServer;
let errors: unknown[] = [];
beforeAll(async () => {
  server = await serve({
    model: helloModel,
    limits: { bodyBytes: 1_000_000, uploadBytes: 1_000_000 },
    log: (line) => {
      if (line.event === 'request' && line.error !== undefined) errors.push(line.error);
    },
  });
});
afterAll(() => server.close({ deadlineMs: 0 }));

/**
 * Sends bytes as they are, and resolves with everything that the server answers until it closes the connection. Node
 * drops the answer to a connection that was closed before, so only a request that lacks a part of its body closes it.
 */
function exchange(request: string | Uint8Array, isCut = false): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(request);
      if (isCut) socket.end();
    });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => {
      // The server may close the connection before it has read a body that is too large.
      if ('code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
        resolve(answer);
      else reject(error);
    });
  });
}

interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

function toBytes({ method, path, headers, body }: RawRequest): Uint8Array {
  const bytes = Buffer.from(body, 'utf8');
  const all = {
    host: '127.0.0.1',
    connection: 'close',
    'content-length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    bytes,
  ]);
}

const JSON_PATHS = [
  '/v1/threads',
  '/v1/threads/runs',
  '/v1/assistants',
  '/v1/threads/thread_abc/messages',
  '/v1/threads/thread_abc/runs',
  '/v1/threads/thread_abc/runs/run_abc/submit_tool_outputs',
  '/v1/assistants/asst_abc/files',
];
const FIELDS = [
  'messages',
  'role',
  'content',
  'metadata',
  'tools',
  'type',
  'function',
  'name',
  'parameters',
  'model',
  'thread',
  'assistant_id',
  'tool_resources',
  'file_search',
  'vector_stores',
  'file_ids',
  'attachments',
  'instructions',
  'stream',
  'tool_outputs',
  'text',
  'image_url',
  '__proto__',
  'constructor',
  'toString',
  '',
  '\ud800',
  '\u0000',
  '~1',
  'a/b',
];

const times = fc.constantFrom(1, 2, 65, 300, 5_000, 20_001, 60_000);
/** Repeated text in the place of a value. */
const hugeValue = fc
  .tuple(
    fc.constantFrom(
      '[',
      '{"a":',
      '[[],',
      '"',
      '"a',
      '1',
      '-',
      'null,',
      '\\',
      ' ',
      '{"role":"user","content":"a"},',
      '\u{1F375}',
    ),
    times,
  )
  .map(([unit, count]) => unit.repeat(Math.min(count, Math.floor(900_000 / unit.length))));
const jsonValue = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value));
const object = (value: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 6 })
    .map(
      (entries) => `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`,
    );
const list = (value: fc.Arbitrary<string>) =>
  fc.array(value, { maxLength: 4 }).map((values) => `[${values.join()}]`);
const longName = times.map((count) => `{"metadata":{"${'k'.repeat(count)}":"v"}}`);
const longText = fc
  .tuple(fc.constantFrom(...FIELDS), times)
  .map(([name, count]) => JSON.stringify({ [name]: 'x'.repeat(count) }));
const nested = fc.oneof(jsonValue, object(jsonValue), list(object(jsonValue)), hugeValue);
const body = fc.oneof(
  object(nested),
  object(object(nested)),
  object(list(object(nested))),
  list(nested),
  hugeValue,
  longName,
  longText,
  fc.string({ maxLength: 200 }),
  // A body that ends too early.
  fc.tuple(object(nested), fc.nat(100)).map(([text, length]) => text.slice(0, length)),
);

const jsonRequest: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT'),
  path: fc.constantFrom(...JSON_PATHS),
  headers: fc.constantFrom(
    { 'content-type': 'application/json' },
    { 'content-type': 'application/json', 'openai-beta': 'assistants=v1' },
    { 'content-type': 'application/json', 'idempotency-key': 'k' },
    { 'content-type': 'application/json', 'content-length': '7' },
    { 'content-type': 'text/plain' },
    { 'content-type': `application/json; x=${'y'.repeat(5_000)}` },
  ),
  body,
});

const part = fc
  .tuple(
    fc.constantFrom('file', 'purpose', '', 'x"', '__proto__'),
    fc.constantFrom(
      '',
      '; filename="a.txt"',
      '; filename=""',
      `; filename="${'n'.repeat(5_000)}"`,
      '; filename="\r"',
    ),
    fc.oneof(
      fc.string({ maxLength: 50 }),
      fc.constantFrom('assistants', 'x'.repeat(10_000), '--b'),
    ),
  )
  .map(
    ([name, rest, text]) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n\r\n${text}\r\n`,
  );
const formRequest: fc.Arbitrary<RawRequest> = fc
  .tuple(
    fc.oneof(
      fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')),
      fc
        .tuple(part, times)
        .map(([text, count]) => text.repeat(Math.min(count, Math.floor(900_000 / text.length)))),
      hugeValue,
    ),
    fc.constantFrom('--b--\r\n', '', '--b', '--c--'),
    fc.constantFrom(
      'multipart/form-data; boundary=b',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary=${'b'.repeat(300)}`,
    ),
  )
  .map(([parts, end, contentType]) => ({
    method: 'POST',
    path: '/v1/files',
    headers: { 'content-type': contentType },
    body: parts + end,
  }));

test('answers every body with a short error or a result, and stays healthy', async () => {
  await assertProperty(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: jsonRequest }, { weight: 1, arbitrary: formRequest }),
      async (request) => {
        errors = [];
        const length = Number(request.headers['content-length'] ?? 0);
        const answer = await exchange(toBytes(request), Buffer.byteLength(request.body) < length);
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
        expect([200, 400, 401, 403, 404, 405, 409, 413]).toContain(status);
        expect(errors).toEqual([]);
        if (status === 200) return;
        const text = answer.slice(answer.indexOf('\r\n\r\n') + 4);
        // Node itself answers what is not HTTP, with an empty body.
        if (text === '') return;
        expect(text.length).toBeLessThan(3_000);
        expect(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))).toMatchObject({
          error: { message: expect.stringMatching(/^.{1,1000}$/s) },
        });
      },
    ),
    { name: 'hostileBodies', full: 20_000, small: 300 },
  );
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

test.each([
  ['an invalid host', '400', 'host: xn--localhost'],
  ['a host of another name', '403', 'host: localhost.example'],
  ['no host', '400', 'x: y'],
  ['a host with a path', '400', 'host: 127.0.0.1/../x'],
])('rejects %s', async (_, status, header) => {
  const answer = await exchange(
    `GET /v1/assistants HTTP/1.1\r\n${header}\r\nconnection: close\r\n\r\n`,
  );
  expect(answer.slice(9, 12)).toBe(status);
  expect(errors).toEqual([]);
});
