const CHANNEL = 'assistants-react';

/** Tells the other tabs, and other views of this page, that something happens in a thread. */
export function tellTabs(scope: string, threadId: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage([scope, threadId]);
  channel.close();
}

/** Listens for what other tabs do in a thread. Returns how to stop. */
export function onTabs(scope: string, threadId: string, listener: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (Array.isArray(data) && data[0] === scope && data[1] === threadId) listener();
  });
  return () => channel.close();
}
