import { useCallback, useSyncExternalStore } from 'react';

/** Place in the playground. */
export interface Route {
  page: 'chapter' | 'files' | 'data' | 'guide';
  /** Id of the chapter, path in the data, or name of the guide. */
  name: string;
  threadId: string | undefined;
  assistantId: string | undefined;
}

/**
 * The place in the playground, kept in the URL so that it can be shared: `#/chapter/forms?thread=…&assistant=…`. The older form
 * `#thread=…` opens the thread in the first chapter.
 */
export function useRoute(): Route & { go: (route: Route) => void } {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const go = useCallback((route: Route) => {
    window.location.hash = formatRoute(route);
  }, []);
  return { ...parseRoute(hash), go };
}

/** Returns the address of a route, without the `#`. */
export function formatRoute({ page, name, threadId, assistantId }: Route): string {
  const params = new URLSearchParams();
  if (threadId !== undefined) params.set('thread', threadId);
  if (assistantId !== undefined) params.set('assistant', assistantId);
  const query = params.toString();
  return `/${page}/${name}${query === '' ? '' : `?${query}`}`;
}

/** Reads an address. Addresses come from anywhere, so everything unknown leads to the first chapter. */
export function parseRoute(hash: string): Route {
  const match = /^#\/(chapter|files|data|guide)\/([\w./-]*)(?:\?(.*))?$/.exec(hash);
  const params = new URLSearchParams(match ? match[3] : hash.slice(1));
  return {
    page: (match?.[1] as Route['page'] | undefined) ?? 'chapter',
    name: match?.[2] ?? 'chat',
    threadId: params.get('thread') ?? undefined,
    assistantId: params.get('assistant') ?? undefined,
  };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
