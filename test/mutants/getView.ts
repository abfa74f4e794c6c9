import { normalizeEvent, normalizeResponse } from '../../src/client/normalize.js';
import { isEvent, type MutantKind } from './mutantServer.js';

const PARAMS = { threadId: 'thread_1', runId: 'run_1', assistantId: 'asst_1' };

/**
 * Returns what hooks and views get of a mutant, as JSON. It is the same for many mutants, because the client repairs and refuses
 * objects: those need not be rendered again.
 */
export async function getView(kind: MutantKind, mutant: unknown): Promise<string> {
  if (isEvent(kind)) return JSON.stringify([kind, await normalizeEvent(kind, mutant, PARAMS)]);
  const noun = kind === 'step' ? 'RunStep' : kind.charAt(0).toUpperCase() + kind.slice(1);
  const page = { object: 'list', data: [mutant], has_more: false };
  return JSON.stringify([
    kind,
    await normalizeResponse(`list${noun}s` as 'listRuns', PARAMS, page),
    await normalizeResponse(`get${noun}` as 'getRun', PARAMS, mutant),
  ]);
}
