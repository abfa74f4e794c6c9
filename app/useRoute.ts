import { useCallback, useSyncExternalStore } from 'react';

interface Route {
  threadId: string | undefined;
  assistantId: string | undefined;
}

/** The open thread and assistant, kept in the URL so that it can be shared: `#thread=...&assistant=...`. */
export function useRoute(): Route & { go: (route: Route) => void } {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const params = new URLSearchParams(hash.slice(1));
  const go = useCallback(({ threadId, assistantId }: Route) => {
    const next = new URLSearchParams();
    if (threadId !== undefined) next.set('thread', threadId);
    if (assistantId !== undefined) next.set('assistant', assistantId);
    window.location.hash = next.toString();
  }, []);
  return {
    threadId: params.get('thread') ?? undefined,
    assistantId: params.get('assistant') ?? undefined,
    go,
  };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
