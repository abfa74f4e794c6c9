import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { createCallRecords, type CallRecords } from './createCallRecords.js';
import { createToolCalls } from './createToolCalls.js';
import type { ToolCallsEngine } from './toolCalls.js';

interface Entry {
  engine: ToolCallsEngine;
  users: number;
}

const entries = new WeakMap<AssistantsClient, Map<string, Entry>>();
let records: CallRecords | undefined;

/** The calls of a run, one engine for all that show it on this page: a call that runs survives the component it began in. */
export function getToolCalls(client: AssistantsClient, runId: string): ToolCallsEngine {
  return entryOf(client, runId).engine;
}

/** Keeps the engine of a run. Returns how to let it go: it is forgotten when nobody keeps it and no call is open. */
export function retainToolCalls(client: AssistantsClient, runId: string): () => void {
  const entry = entryOf(client, runId);
  entry.users += 1;
  return () => {
    entry.users -= 1;
    if (entry.users === 0 && entry.engine.getState().total === 0)
      entries.get(client)?.delete(runId);
  };
}

function entryOf(client: AssistantsClient, runId: string): Entry {
  const ofClient = entries.get(client) ?? new Map<string, Entry>();
  entries.set(client, ofClient);
  const entry = ofClient.get(runId) ?? {
    engine: createToolCalls(client, runId, (records ??= recordsOfPage())),
    users: 0,
  };
  ofClient.set(runId, entry);
  return entry;
}

function recordsOfPage(): CallRecords {
  const locks = globalThis.navigator?.locks;
  try {
    return createCallRecords({ storage: globalThis.localStorage, locks });
  } catch {
    // A browser may forbid even to look at the storage.
    return createCallRecords({ locks });
  }
}
