import { toFields } from '../common/toFields.js';
import { isId } from '../protocol/isId.js';
import type { Ownership } from './ownership/Ownership.js';
import { forwardRequest, type ForwardedRequest } from './forwardRequest.js';
import type { Settings } from './readOptions.js';
import { createInvalidQuery } from './request/upstreamRequest.js';

/** Threads are read with one request each, so only some at a time. */
const PARALLEL_REQUESTS = 10;
const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

interface PageQuery {
  order: 'asc' | 'desc';
  limit: number;
  after: string | undefined;
  before: string | undefined;
}

/**
 * Answers listThreads with the threads of the user. The list of the server has those of all users, and pages of it with few own
 * threads would have to be read to the end. So the ids come from `ownership`, in the order in which the threads were created, and
 * each thread is read. Threads that the server no longer has are left out. Works with servers that cannot list threads, too.
 */
export async function listOwnThreads(
  forwarded: ForwardedRequest,
  settings: Settings,
): Promise<Response> {
  const query = readPageQuery(new URL(forwarded.request.url).searchParams);
  for (const name of ['after', 'before'] as const)
    await checkCursor(name, query, forwarded, settings);
  const isBackward = query.before !== undefined && query.after === undefined;
  const threads: object[] = [];
  for await (const batch of listIds(query, forwarded, settings)) {
    const responses = await Promise.all(batch.map((id) => getThread(id, forwarded, settings)));
    for (const response of responses) {
      if (response.ok) threads.push((await response.json()) as object);
      else if (response.status !== 404) return response;
    }
    // One more than the page tells that there are more.
    if (threads.length > query.limit) break;
  }
  const page = threads.slice(0, query.limit);
  const data = isBackward ? page.toReversed() : page;
  const body = {
    object: 'list',
    data,
    first_id: toFields(data[0])['id'] ?? null,
    last_id: toFields(data.at(-1))['id'] ?? null,
    has_more: threads.length > query.limit,
  };
  return Response.json(body, {
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}

/** Yields the ids of the user's threads in the direction of paging, from one cursor to the other. */
async function* listIds(
  { order, after, before }: PageQuery,
  { target }: ForwardedRequest,
  { ownership }: Pick<Settings, 'ownership'>,
): AsyncGenerator<readonly string[], void, void> {
  // A page that ends at `before` is read from there, backwards.
  const isBackward = before !== undefined && after === undefined;
  const direction = isBackward === (order === 'desc') ? 'asc' : 'desc';
  const end = isBackward ? undefined : before;
  let cursor = isBackward ? before : after;
  const seen = new Set<string>();
  while (true) {
    const listed = await listOwned(ownership, target.user, {
      type: 'thread',
      order: direction,
      limit: PARALLEL_REQUESTS,
      ...(cursor !== undefined && { after: cursor }),
    });
    const ids = listed.slice(0, PARALLEL_REQUESTS);
    for (const id of ids) {
      if (seen.has(id) || id === cursor) throw createRepeatedId(id);
      seen.add(id);
    }
    const endIndex = end === undefined ? -1 : ids.indexOf(end);
    yield (endIndex === -1 ? ids : ids.slice(0, endIndex)).filter(isId);
    if (endIndex !== -1 || ids.length < PARALLEL_REQUESTS) return;
    cursor = ids.at(-1);
  }
}

/** Without this error, the pages of such an adapter would have no end. */
function createRepeatedId(id: string): Error {
  return new Error(
    `ownership.list returned the thread ${id} again. It must return each thread once, and only those that follow \`after\`.`,
  );
}

async function listOwned(
  ownership: Ownership | undefined,
  user: string | undefined,
  query: Parameters<NonNullable<Ownership['list']>>[1],
): Promise<readonly string[]> {
  return user === undefined ? [] : ((await ownership?.list?.(user, query)) ?? []);
}

function getThread(id: string, forwarded: ForwardedRequest, settings: Settings): Promise<Response> {
  const { request, target } = forwarded;
  const { href } = new URL('?', request.url);
  return forwardRequest(
    {
      ...forwarded,
      request: new Request(href, { headers: request.headers, signal: request.signal }),
      target: {
        ...target,
        operation: 'getThread',
        params: { thread_id: id },
        objects: [{ type: 'thread', id, isChanged: false }],
      },
    },
    settings,
  );
}

/** @throws ProxyFailure 400 if the user does not own the thread of a cursor. */
async function checkCursor(
  name: 'after' | 'before',
  query: PageQuery,
  { target: { user } }: ForwardedRequest,
  { ownership }: Pick<Settings, 'ownership'>,
): Promise<void> {
  const id = query[name];
  if (id === undefined) return;
  const isOwn =
    isId(id) && user !== undefined && (await ownership?.owns(user, { type: 'thread', id }));
  if (isOwn !== true) throw createInvalidQuery(name);
}

function readPageQuery(parameters: URLSearchParams): PageQuery {
  const order = parameters.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw createInvalidQuery('order');
  const limitText = parameters.get('limit') ?? String(DEFAULT_LIMIT);
  const limit = Number(limitText);
  if (!/^\d{1,3}$/.test(limitText) || limit < 1 || limit > MAX_LIMIT)
    throw createInvalidQuery('limit');
  const read = (name: string) => parameters.get(name) ?? undefined;
  return { order, limit, after: read('after'), before: read('before') };
}
