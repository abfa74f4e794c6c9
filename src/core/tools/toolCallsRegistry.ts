import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { getLocalStorage } from '../../common/getLocalStorage.js';
import { getAllowedTools } from './allowedTools.js';
import { createCallLocks } from './createCallLocks.js';
import { createCallRecords } from './createCallRecords.js';
import { createToolCalls } from './createToolCalls.js';
import type { ToolCallsEngine } from './ToolCallsEngine.js';

interface Entry {
  engine: ToolCallsEngine;
  retainCount: number;
}

const entries = new WeakMap<AssistantsClient, Map<string, Entry>>();
let browser: ReturnType<typeof createBrowserStorage> | undefined;

/**
 * Returns the engine of a run, the same one for all components of this page. A running handler outlives the component that
 * was mounted when it started.
 */
export function getToolCallsEngine(client: AssistantsClient, runId: string): ToolCallsEngine {
  return getEntry(client, runId).engine;
}

/**
 * Retains the engine of a run. Returns a function that releases it. The engine is removed when no component retains it and
 * the run waits for no call.
 */
export function retainToolCallsEngine(client: AssistantsClient, runId: string): () => void {
  const entry = getEntry(client, runId);
  entry.retainCount += 1;
  return () => {
    entry.retainCount -= 1;
    if (entry.retainCount === 0 && entry.engine.getState().total === 0)
      entries.get(client)?.delete(runId);
  };
}

function getEntry(client: AssistantsClient, runId: string): Entry {
  const entriesOfClient = entries.get(client) ?? new Map<string, Entry>();
  entries.set(client, entriesOfClient);
  const known = entriesOfClient.get(runId);
  if (known) return known;
  browser ??= createBrowserStorage();
  const allowedTools = getAllowedTools(client);
  const engine = createToolCalls({ client, runId, allowedTools, ...browser });
  const entry = { engine, retainCount: 0 };
  entriesOfClient.set(runId, entry);
  return entry;
}

function createBrowserStorage() {
  const records = createCallRecords(getLocalStorage());
  return { records, locks: createCallLocks(records, globalThis.navigator?.locks) };
}
