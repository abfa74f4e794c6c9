import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { randomKey } from '../../common/randomKey.js';

const CHANNEL_NAME = 'assistants-react';
const senderIds = new WeakMap<AssistantsClient, string>();

/** Identifies a client, so that its own broadcasts are ignored: components with the same client share a cache. */
function getSenderId(client: AssistantsClient): string {
  const senderId = senderIds.get(client) ?? randomKey();
  senderIds.set(client, senderId);
  return senderId;
}

/** Notifies other tabs that a run of the thread has started. */
export function broadcastRun(client: AssistantsClient, threadId: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL_NAME);
  channel.postMessage([client.scope, threadId, getSenderId(client)]);
  channel.close();
}

/** Calls the listener when another tab starts a run in the thread. Returns a function that unsubscribes. */
export function onBroadcast(
  client: AssistantsClient,
  threadId: string,
  listener: () => void,
): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL_NAME);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!Array.isArray(data)) return;
    const [scope, runThreadId, senderId] = data as unknown[];
    const isForeign = senderId !== getSenderId(client);
    if (scope === client.scope && runThreadId === threadId && isForeign) listener();
  });
  return () => channel.close();
}
