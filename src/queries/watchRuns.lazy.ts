import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import { isSettled, mergeRun } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { upsertInLists } from './cache/lists.js';
import { flattenPages, type ListData } from './cache/pages.js';
import { syncThread } from './cache/syncThread.js';
import { syncSettledRuns, syncUnknownRuns } from './cache/syncSettledRuns.js';
import { refreshListedRun, writeDetail } from './cache/writeObjects.js';
import * as keys from './keys.js';

/** A run that this page has created or changed. */
export interface RunChange {
  /** Response of the server. */
  run: Run;
  /** True if the request has added messages to the thread. */
  addsMessages?: boolean;
}

/** Watches the runs of one client in one cache. */
interface RunWatcher {
  handleChange: (change: RunChange) => void;
}

const watchers = new WeakMap<QueryClient, Map<string, RunWatcher>>();

/** Starts to watch the runs of a client, unless it is watched already, and handles a change by this page. */
export function watchRuns(
  queryClient: QueryClient,
  client: AssistantsClient,
  change?: RunChange,
): void {
  const byScope = watchers.get(queryClient) ?? new Map<string, RunWatcher>();
  watchers.set(queryClient, byScope);
  const watcher = byScope.get(client.scope) ?? createRunWatcher(queryClient, client);
  byScope.set(client.scope, watcher);
  if (change) watcher.handleChange(change);
}

/**
 * Subscribes to the cache for as long as it lives. When a cached run settles, no matter which query or mutation has
 * noticed it, all cached copies of the run are updated, and the messages and steps of the run are synced once.
 */
function createRunWatcher(queryClient: QueryClient, client: AssistantsClient): RunWatcher {
  const settledIds = new Map<string, boolean>();
  const inspected = new WeakMap<Query, unknown>();

  /** Records the status of a run. Returns true if the run was active before, undefined if it was unknown. */
  function record({ id, status }: Run): boolean | undefined {
    const wasSettled = settledIds.get(id);
    settledIds.set(id, wasSettled === true || isSettled(status));
    return wasSettled === undefined ? undefined : !wasSettled;
  }

  function inspect(query: Query): void {
    const kind = getRunQueryKind(client.scope, query.queryKey);
    const { data } = query.state;
    if (kind === undefined || data === undefined || inspected.get(query) === data) return;
    inspected.set(query, data);
    const settled: Run[] = [];
    const unknown: Run[] = [];
    for (const run of readRuns(kind, data)) {
      if (kind === 'detail') {
        refreshListedRun(queryClient, client.scope, run);
        updateNewestRun(queryClient, client.scope, run);
      }
      const wasActive = record(run);
      if (!isSettled(run.status) || wasActive === false) continue;
      if (wasActive) updateCopies(queryClient, client.scope, run);
      (wasActive ? settled : unknown).push(run);
    }
    void syncSettledRuns(queryClient, client, settled);
    if (unknown.length > 0) void syncUnknownRuns(queryClient, client, unknown);
  }

  const cache = queryClient.getQueryCache();
  for (const query of cache.getAll()) inspect(query);
  cache.subscribe((event) => inspect(event.query as Query));

  return {
    handleChange({ run, addsMessages = false }) {
      if (isSettled(run.status)) void syncSettledRuns(queryClient, client, [run]);
      else if (addsMessages) void syncThread({ queryClient, client }, run.thread_id);
    },
  };
}

type RunQueryKind = 'detail' | 'list' | 'newest';

/** Returns the kind of a query for one run, a list of runs or the newest run. Undefined for other queries. */
function getRunQueryKind(scope: string, queryKey: QueryKey): RunQueryKind | undefined {
  const runsKey = keys.runs(scope, String(queryKey[3]));
  if (!runsKey.every((part, index) => part === queryKey[index])) return undefined;
  const [kind, , part, ...rest] = queryKey.slice(runsKey.length);
  if (kind === 'list' || kind === 'newest') return kind;
  return part === 'detail' && rest.length === 0 ? part : undefined;
}

function readRuns(kind: RunQueryKind, data: unknown): Run[] {
  // The kind of the query tells the type of its data.
  if (kind === 'list') return flattenPages(data as ListData<Run>);
  const run = data as Run | null;
  return run ? [run] : [];
}

/** Writes a run that has settled into the queries that still show it as active. */
function updateCopies(queryClient: QueryClient, scope: string, run: Run): void {
  const detailKey = keys.runDetail(scope, run.thread_id, run.id);
  const detail = queryClient.getQueryData<Run>(detailKey);
  if (detail && !isSettled(detail.status)) writeDetail(queryClient, detailKey, run, mergeRun);
  upsertInLists(queryClient, keys.runLists(scope, run.thread_id), run, mergeRun);
  updateNewestRun(queryClient, scope, run);
}

/** Updates the cached newest run of a thread if it is this run or an older one. */
function updateNewestRun(queryClient: QueryClient, scope: string, run: Run): void {
  queryClient.setQueryData<Run | null>(keys.newestRun(scope, run.thread_id), (newest) => {
    if (newest === undefined) return undefined;
    if (newest?.id === run.id) return mergeRun(newest, run);
    return newest === null || newest.created_at < run.created_at ? run : newest;
  });
}
