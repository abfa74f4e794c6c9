import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { readClockSkewMs } from '../../protocol/pollPolicy.js';
import type { Run } from '../../protocol/types.js';

/** `created_at` and the `Date` header have a resolution of one second each. */
const CLOCK_RESOLUTION_MS = 2_000;

/**
 * Returns the newest run of a thread if it was created since a point in time. Source: listRuns.
 *
 * @param sinceMs Time by the local clock, in milliseconds since 1970.
 */
export async function findRunSince(
  client: AssistantsClient,
  threadId: string,
  sinceMs: number,
  { signal, now }: { signal: AbortSignal; now: () => number },
): Promise<Run | undefined> {
  const query = { limit: 1, order: 'desc' } as const;
  const { data, response } = await client.requestWithResponse(
    'listRuns',
    { threadId, query },
    { signal },
  );
  // Some servers answer with the runs of all threads.
  const run = data.data.find(({ thread_id }) => thread_id === threadId);
  if (run === undefined) return undefined;
  const createdAtMs = run.created_at * 1_000 - (readClockSkewMs(response.headers, now()) ?? 0);
  return createdAtMs > sinceMs - CLOCK_RESOLUTION_MS ? run : undefined;
}
