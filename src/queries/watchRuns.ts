import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { RunChange } from './watchRuns.lazy.js';

/**
 * Watches the cached runs of a client from the first call on, and loads what a run has changed when it settles: see
 * `watchRuns.lazy.ts`. Call with every request for a run, because a failed import is only repeated by the next call.
 *
 * @param change A run that this page has just created or changed.
 */
export function watchRuns(
  queryClient: QueryClient,
  client: AssistantsClient,
  change?: RunChange,
): void {
  import('./watchRuns.lazy.js').then(
    (module) => module.watchRuns(queryClient, client, change),
    () => undefined,
  );
}
