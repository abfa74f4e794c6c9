/**
 * State of the sync of a run: 'followed' if a conversation follows the run and will sync its thread, 'synced' if the
 * sync has started.
 */
type Claim = 'followed' | 'synced';

/** Claims by QueryClient and id of the run. */
const claims = new WeakMap<object, Map<string, Claim>>();

/** Claims the sync of a run, so that its thread is synced once. Returns the claim before, undefined if there is none. */
export function claimRun(
  queryClient: object,
  runId: string,
  claim: Claim = 'followed',
): Claim | undefined {
  const claimed = claims.get(queryClient) ?? new Map<string, Claim>();
  const before = claimed.get(runId);
  claims.set(queryClient, claimed.set(runId, claim));
  return before;
}

/** Gives up a claim, because the conversation no longer follows the run. */
export function releaseRun(queryClient: object, runId: string): void {
  claims.get(queryClient)?.delete(runId);
}
