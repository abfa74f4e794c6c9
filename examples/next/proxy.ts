import { NextResponse, type NextRequest } from 'next/server';

/** Gives each visitor an id that cannot be guessed, in place of a login. */
export function proxy(request: NextRequest) {
  const response = NextResponse.next();
  if (request.cookies.get('visitor') === undefined) {
    response.cookies.set('visitor', crypto.randomUUID(), {
      httpOnly: true,
      sameSite: 'strict',
      maxAge: 31_536_000,
    });
  }
  return response;
}

export const config = { matcher: ['/', '/threads/:threadId*'] };
