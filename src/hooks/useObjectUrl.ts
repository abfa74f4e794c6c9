import { useMemo, useSyncExternalStore } from 'react';

/** Returns an object URL of a Blob. It is revoked when the Blob changes and on unmount. */
export function useObjectUrl(blob: Blob | undefined): string | undefined {
  const store = useMemo(() => createObjectUrlStore(blob), [blob]);
  return useSyncExternalStore(store.subscribe, store.getUrl, getNoUrl);
}

/** Creates a store of an object URL. The URL exists while the store has a subscriber. */
function createObjectUrlStore(blob: Blob | undefined) {
  let url: string | undefined;
  const subscribe = (listener: () => void) => {
    if (blob === undefined) return getNoUrl;
    const created = URL.createObjectURL(blob);
    url = created;
    listener();
    return () => {
      URL.revokeObjectURL(created);
      url = undefined;
    };
  };
  return { getUrl: () => url, subscribe };
}

function getNoUrl(): undefined {
  return undefined;
}
