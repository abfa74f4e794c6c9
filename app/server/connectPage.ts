import { createAssistantsClient, type AssistantsClient } from 'assistants-react';
import { indexedDbStore } from 'assistants-react/backend';
import { createDemoBackend } from './createDemoBackend.js';

/** Connection to the server of the playground. */
export interface Connection {
  client: AssistantsClient;
  /** Reason why threads do not survive a reload. Undefined if they do. */
  storageProblem?: string;
}

/** Connects to a backend in this page, which keeps its threads in IndexedDB. Without storage it keeps them in memory. */
export async function connectPage(): Promise<Connection> {
  const opened = await indexedDbStore({ name: 'assistants-react-playground' }).catch(
    (error: unknown) => error,
  );
  const isOpen = typeof opened === 'object' && opened !== null && 'write' in opened;
  const store = isOpen ? (opened as Awaited<ReturnType<typeof indexedDbStore>>) : undefined;
  const backend = await createDemoBackend({ store });
  const client = createAssistantsClient({ fetch: backend.fetch });
  if (store !== undefined) return { client };
  const reason = opened instanceof Error ? opened.message : String(opened);
  return { client, storageProblem: `Threads are lost when this tab closes. ${reason}` };
}
