import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';
import { keyUsers } from '../../../src/backend/server/users/keyUsers.js';
import { openUsers } from '../../../src/backend/server/users/parseUsers.js';
import { tokenUsers } from '../../../src/backend/server/users/tokenUsers.js';

const URL_OF_THREADS = 'http://backend.test/v1/threads';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function writeUsers(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'users-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'users.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const toHash = (key: string) => createHash('sha256').update(key).digest('hex');

it('finds users by their keys, also by hashed ones', async () => {
  const [hash, upperCase] = [toHash('key-b'), toHash('key-e').toUpperCase()];
  const path = writeUsers({
    'key-a': 'alice',
    [`sha256:${hash}`]: 'bob',
    'key-c': 'alice',
    [`sha256:${upperCase}`]: 'eve',
  });
  const user = await openUsers({ type: 'keys', path, admins: ['alice'] });
  const find = async (headers: Record<string, string>) =>
    user(new Request(URL_OF_THREADS, { headers }));
  expect(await find(bearer('key-a'))).toEqual({ id: 'alice', isAdmin: true });
  expect(await find({ 'api-key': 'key-c' })).toEqual({ id: 'alice', isAdmin: true });
  expect(await find(bearer('key-b'))).toEqual({ id: 'bob', isAdmin: false });
  expect(await find(bearer('key-e'))).toEqual({ id: 'eve', isAdmin: false });
  const others = ['key-d', hash, `sha256:${hash}`, `sha256:${upperCase}`];
  for (const headers of [{}, ...others.map(bearer)]) expect(await find(headers)).toBeUndefined();
});

it.each<[string, unknown, string[], string]>([
  ['no JSON', '{"secret-key"', [], 'It is not valid JSON.'],
  ['a list', ['secret-key'], [], 'must be a JSON object of users by key'],
  ['no keys', {}, [], 'has no keys'],
  ['an empty key', { '': 'alice' }, [], 'Entry 1 of'],
  ['a key with a space', { 'secret key': 'alice' }, [], 'has an empty key, or one with spaces'],
  ['no user', { 'secret-key': null }, [], 'has no valid user'],
  ['an empty user', { 'secret-key': '' }, [], 'has no valid user'],
  ['a blank user', { 'secret-key': ' ' }, [], 'has no valid user'],
  ['a hash that is too short', { 'sha256:secret-key': 'alice' }, [], 'has no valid hash'],
  ['an unknown admin', { 'secret-key': 'alice' }, ['root'], "has no key of the admin 'root'"],
  ['one key twice', '{"secret-key":"alice","secret-key":"bob"}', [], 'Entry 2 of'],
  [
    'a key that is given twice',
    {
      'secret-key': 'alice',
      [`sha256:${toHash('secret-key')}`]: 'bob',
    },
    [],
    'Entry 2 of',
  ],
])('refuses a file of users with %s', (_, content, admins, message) => {
  const path = writeUsers(content);
  const open = () => keyUsers({ path, admins });
  expect(open).toThrow(message);
  expect(open).not.toThrow(/secret[- ]key/);
});

it('names a file of users that does not exist', () => {
  expect(() => keyUsers({ path: '/no/users.json' })).toThrow(
    'Cannot read the users of /no/users.json',
  );
});

/** Starts a server with the keys of an issuer. */
async function createIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  onTestFinished(async () => void (await close()));
  // Servers that listen on a port have an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const sign = (claims: Record<string, unknown>, key = privateKey, kid = 'key-1') =>
    new SignJWT({ aud: 'chat', iss: 'https://login.test', sub: 'alice', exp: 4e9, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(key);
  return { jwksUrl: `http://127.0.0.1:${port}/jwks.json`, sign, close };
}

it('finds users in signed tokens', async () => {
  const { jwksUrl, sign } = await createIssuer();
  const rules = { jwksUrl, issuer: 'https://login.test', audience: 'chat' };
  const user = await tokenUsers({ ...rules, admins: ['alice'] });
  const byMail = await tokenUsers({ ...rules, claim: 'email' });
  const find = async (token: string, findUser = user) =>
    findUser(new Request(URL_OF_THREADS, { headers: bearer(token) }));
  expect(await find(await sign({}))).toEqual({ id: 'alice', isAdmin: true });
  expect(await find(await sign({ sub: 'bob', aud: ['mail', 'chat'] }))).toEqual({
    id: 'bob',
    isAdmin: false,
  });
  expect(await find(await sign({ email: 'b@x.test' }), byMail)).toMatchObject({ id: 'b@x.test' });
  expect(await find(await sign({}), byMail)).toBeUndefined();
});

it('refuses tokens that are not signed, expired, or for another app', async () => {
  const { jwksUrl, sign } = await createIssuer();
  const user = await tokenUsers({ jwksUrl, issuer: 'https://login.test', audience: 'chat' });
  const { privateKey: otherKey } = await generateKeyPair('ES256');
  const [header, payload] = (await sign({})).split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const secret = Buffer.from('{"alg":"HS256","kid":"key-1"}').toString('base64url');
  const tokens = [
    '',
    'no.token',
    `${header}.${payload}.`,
    `${none}.${payload}.`,
    `${secret}.${payload}.AAAA`,
    await sign({}, otherKey),
    await sign({}, otherKey, 'key-2'),
    await sign({ exp: 1 }),
    await sign({ exp: undefined }),
    await sign({ nbf: 4e9 }),
    await sign({ aud: 'mail' }),
    await sign({ iss: 'https://other.test' }),
    await sign({ sub: undefined }),
    await sign({ sub: 'a\0b' }),
    await sign({ sub: ' ' }),
  ];
  const onError = vi.fn<() => void>();
  const backend = createBackend({ user, onError });
  for (const token of tokens) {
    const response = await backend.fetch(new Request(URL_OF_THREADS, { headers: bearer(token) }));
    expect([token, response.status]).toEqual([token, 401]);
  }
  expect(onError).not.toHaveBeenCalled();
});

it('answers with 503 while the keys of tokens cannot be read', async () => {
  const { jwksUrl, sign, close } = await createIssuer();
  await close();
  const onError = vi.fn<() => void>();
  const user = await tokenUsers({ jwksUrl, audience: 'chat' });
  const backend = createBackend({ user, onError });
  const request = new Request(URL_OF_THREADS, { headers: bearer(await sign({})) });
  const response = await backend.fetch(request);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ error: { code: 'identity_unavailable' } });
  expect(onError).toHaveBeenCalledOnce();
});

it('refuses options of tokens that are not safe', async () => {
  const secure = 'https://login.test/jwks.json';
  await expect(tokenUsers({ jwksUrl: secure })).rejects.toThrow('issuer or the audience');
  for (const jwksUrl of ['http://login.test/jwks.json', 'file:///jwks.json', 'jwks'])
    await expect(tokenUsers({ jwksUrl, audience: 'chat' })).rejects.toThrow('https://');
});

it('parses the options of users', () => {
  const parse = (line: string) => parseCommand(line.split(' '), {});
  expect(parse('serve --users users.json --admin a --admin b')).toMatchObject({
    users: { type: 'keys', path: 'users.json', admins: ['a', 'b'] },
    options: { cors: '*' },
  });
  const url = 'https://login.test/jwks.json';
  expect(
    parse(
      `serve --users ${url} --jwt-issuer i --jwt-audience a --jwt-claim email --cors http://a.test`,
    ),
  ).toMatchObject({
    users: {
      type: 'tokens',
      jwksUrl: url,
      issuer: 'i',
      audience: 'a',
      claim: 'email',
      admins: [],
    },
    options: { cors: ['http://a.test'] },
  });
});
