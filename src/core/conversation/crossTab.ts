import type { AssistantsClient } from '../../client/client.js';
import { randomKey } from '../../common/randomKey.js';

const CHANNEL = 'assistants-react';
const senders = new WeakMap<AssistantsClient, string>();

/** Views of one client share a cache, and need not be told. */
function senderOf(client: AssistantsClient): string {
  const sender = senders.get(client) ?? randomKey();
  senders.set(client, sender);
  return sender;
}

/** Tells the other tabs that a run of this thread has begun. */
export function broadcastRun(client: AssistantsClient, threadId: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage([client.scope, threadId, senderOf(client)]);
  channel.close();
}

/** Listens for runs that other tabs begin in a thread. Returns how to stop. */
export function onBroadcast(
  client: AssistantsClient,
  threadId: string,
  listener: () => void,
): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!Array.isArray(data)) return;
    const [scope, inThread, sender] = data as unknown[];
    if (scope === client.scope && inThread === threadId && sender !== senderOf(client)) listener();
  });
  return () => channel.close();
}
