import { createAssistantsClient, type AssistantsClient } from 'assistants-react';
import { indexedDbStore, type Store } from 'assistants-react/backend';
import { createDemoBackend } from './createDemoBackend.js';

/** Connection to the server of the playground. */
export interface Connection {
  client: AssistantsClient;
  /** Reason why threads do not survive a reload. Undefined if they do. */
  storageProblem?: string;
}

/** Connects to a backend in this page, which keeps its threads in IndexedDB. Without storage it keeps them in memory. */
export async function connectPage(): Promise<Connection> {
  const { store, problem } = await openStore();
  const backend = await createDemoBackend({ store });
  const client = createAssistantsClient({ fetch: backend.fetch });
  if (problem === undefined) return { client };
  return { client, storageProblem: `Threads are lost when this tab closes. ${problem}` };
}

async function openStore(): Promise<{ store?: Store; problem?: string }> {
  try {
    return { store: await indexedDbStore({ name: 'assistants-react-playground' }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
