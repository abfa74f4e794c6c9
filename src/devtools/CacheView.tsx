import { useQueryClient, type Query } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Button } from '../components/Button.js';
import { CodeText, formatJson } from './CodeText.js';
import { useCachedQueries } from './useCachedQueries.js';
import { asPart } from '../components/part.js';

/** Cached queries, with buttons to request or forget them. */
export function CacheView(): ReactElement {
  const queries = useCachedQueries();
  if (queries.length === 0) return <p {...asPart('muted')}>The cache is empty.</p>;
  return (
    <ul {...asPart('devtools-list')} aria-label="Cache">
      {queries.map((query) => (
        <CachedQuery key={query.queryHash} query={query} />
      ))}
    </ul>
  );
}

function CachedQuery({ query }: { query: Query }): ReactElement {
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { queryKey, state } = query;
  const filter = { queryKey, exact: true };
  return (
    <li data-status={state.status === 'error' ? 'failed' : state.status}>
      <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <code>{formatKey(queryKey)}</code>
          <span {...asPart('muted')}>{describeState(query)}</span>
        </summary>
        {isOpen && (
          <div {...asPart('devtools-details')}>
            <div {...asPart('run-actions')}>
              <Button variant="quiet" onClick={() => void queryClient.refetchQueries(filter)}>
                Refetch
              </Button>
              <Button variant="quiet" onClick={() => queryClient.removeQueries(filter)}>
                Remove
              </Button>
            </div>
            <CodeText label="Data" text={formatJson(state.error ?? state.data)} />
          </div>
        )}
      </details>
    </li>
  );
}

/** The first two entries are the same in all keys. */
function formatKey(key: readonly unknown[]): string {
  return key
    .slice(2)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .filter((part) => part !== '{}')
    .join(' › ');
}

function describeState(query: Query): string {
  const { state } = query;
  if (state.fetchStatus === 'fetching') return 'fetching';
  if (state.status !== 'success') return state.status;
  if (query.getObserversCount() === 0) return 'unused';
  return query.isStale() ? 'stale' : 'fresh';
}
