import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { readClockSkewMs } from '../../protocol/pollPolicy.js';
import type { Run } from '../../protocol/types.js';

/** The newest run of a thread, if it was made since a moment in milliseconds of our clock. Source: listRuns. */
export async function findRunSince(
  client: AssistantsClient,
  threadId: string,
  sinceMs: number,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const query = { limit: 1, order: 'desc' } as const;
  const { data, response } = await client.requestWithResponse(
    'listRuns',
    { threadId, query },
    { signal },
  );
  const [run] = data.data;
  const createdMs =
    (run?.created_at ?? 0) * 1_000 - (readClockSkewMs(response.headers, Date.now()) ?? 0);
  // Both clocks are cut to seconds.
  return createdMs > sinceMs - 2_000 ? run : undefined;
}
