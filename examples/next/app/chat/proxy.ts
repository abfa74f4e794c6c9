import {
  createProxy,
  memoryOwnership,
  threadViewOperations,
  type Proxy,
} from 'assistants-react/proxy';
import { assistantId } from './assistantId';
import { createDemo } from './demo';

/** Returns the id of the visitor, and undefined without a cookie, which the proxy refuses. */
function readVisitor(request: Request): string | undefined {
  return /(?:^|; )visitor=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
}

function createChatProxy(): Proxy {
  const upstream = process.env['BACKEND_URL'];
  const apiKey = process.env['BACKEND_KEY'];
  const demo = upstream === undefined ? createDemo() : undefined;
  return createProxy({
    upstream: upstream ?? 'http://demo.invalid/v1',
    ...(demo && { fetch: async (url, init) => (await demo).fetch(new Request(url, init)) }),
    ...(apiKey !== undefined && { apiKey }),
    allow: threadViewOperations,
    user: readVisitor,
    policy: { assistants: [assistantId], attachments: true },
    ownership: memoryOwnership(),
  });
}

// Next.js loads this module more than once, for pages and for route handlers. They need the same proxy.
const shared = globalThis as { chatProxy?: Proxy };
shared.chatProxy ??= createChatProxy();

export const { chatProxy } = shared;
