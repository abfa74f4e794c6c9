import { AssistantsProvider, createAssistantsClient, Thread, ThreadView } from 'assistants-react';
import { createBackend, importFolder, memoryFolder, memoryStore } from 'assistants-react/backend';
import { createLongExport } from './createLongExport.js';

const threadId = 'thread_long';
const messageCount = 2_000;

// A server in the page, with a thread that was exported elsewhere.
const store = memoryStore();
await importFolder({
  store,
  folder: memoryFolder(new Map([['long.json', createLongExport(threadId, messageCount)]])),
});
const client = createAssistantsClient({
  fetch: createBackend({ store }).fetch,
  // Other servers of the page must not share its part of the cache.
  scope: 'long-thread',
});
const { id: assistantId } = await client.createAssistant({
  body: { model: 'scripted', name: 'Guide' },
});

/** A thread of 2,000 messages. It opens with one page; older ones load as you scroll, and rows far away leave the page. */
export function Example() {
  return (
    <AssistantsProvider client={client}>
      <ThreadView
        assistantId={assistantId}
        threadId={threadId}
        onThreadIdChange={() => undefined}
        empty={<Thread.Empty heading="The thread has no messages" />}
      />
    </AssistantsProvider>
  );
}
