import type { QueryClient } from '@tanstack/react-query';
import { isRecord } from '../common/isRecord.js';
import type { Run } from '../protocol/types.js';
import * as keys from './keys.js';

/** Returns the runs of a thread whose details are in the cache. Sends no requests. */
export function readLoadedRuns(queryClient: QueryClient, scope: string, threadId: string): Run[] {
  return queryClient
    .getQueriesData<unknown>({ queryKey: keys.runs(scope, threadId) })
    .flatMap(([, data]) => (isRun(data) ? [data] : []));
}

function isRun(data: unknown): data is Run {
  return isRecord(data) && data['object'] === 'thread.run';
}
