import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { parseCookie } from 'cookie';
import { jwtVerify, SignJWT } from 'jose';

const COOKIE = 'session';
const secret = new TextEncoder().encode(env.SESSION_SECRET ?? randomBytes(32).toString('hex'));

/**
 * Starts a session. Replace this by the login of your app.
 *
 * @param {import('express').Response} response
 * @param {string} user
 */
export async function startSession(response, user) {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setExpirationTime('7 days')
    .sign(secret);
  // Pages of other sites must not act as the user: browsers do not send a strict cookie for them.
  response.cookie(COOKIE, token, { httpOnly: true, sameSite: 'strict', maxAge: 604_800_000 });
}

/**
 * Returns the user of a session, and undefined without a valid one.
 *
 * @param {string | null | undefined} cookies The header `cookie`.
 * @returns {Promise<string | undefined>}
 */
export async function findUser(cookies) {
  const token = parseCookie(cookies ?? '')[COOKIE];
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] });
    return payload.sub;
  } catch {
    return undefined;
  }
}
