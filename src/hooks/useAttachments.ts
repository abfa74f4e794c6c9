import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { randomKey } from '../common/randomKey.js';
import type { AttachmentItem, Attachments } from '../core/attachments/AttachmentsStore.js';
import { readDraftFiles } from '../core/attachments/draftFiles.js';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { lazyModule } from '../core/lazyModule.js';
import { useLazyModule } from './useLazyModule.js';
import { useAssistantsClient } from './useAssistantsClient.js';

const uploading = lazyModule(
  'the file upload',
  async () =>
    (await import('../core/attachments/createAttachmentsStore.js')).createAttachmentsStore,
);
const NONE: readonly AttachmentItem[] = [];
const none = () => NONE;

/**
 * Files of the next message: uploaded before it is sent, each with its progress. What uploads them is fetched with the first
 * file. Source: uploadFile.
 *
 * @param name Of the draft that they belong to, so that they survive a reload with it. Another name has other files, unless the
 * owner is still the same: then they come along, as when a thread gets its id. @default none, and nothing is kept
 */
export function useAttachments(name = '', owner: object = NONE): Attachments {
  const client = useAssistantsClient('useAttachments');
  const queryClient = useQueryClient();
  /** Before there was a store, which takes each of them once. */
  const [chosen, setChosen] = useState(NONE);
  const isKept = useMemo(() => readDraftFiles(name) !== undefined, [name]);
  const { value: createAttachments, error } = useLazyModule(uploading, isKept || chosen.length > 0);
  const store = useMemo(
    () => createAttachments?.(client, queryClient),
    [createAttachments, client, queryClient],
  );
  useLayoutEffect(() => store?.showDraft(name, owner), [store, name, owner]);
  useLayoutEffect(() => store?.add(chosen), [store, chosen]);
  useEffect(() => store?.stop, [store]);

  const stored = useSyncExternalStore(
    store?.subscribe ?? noopSubscribe,
    store?.getState ?? none,
    none,
  );
  const early = useMemo(
    () => chosen.map((item) => (error ? { ...item, status: 'failed' as const, error } : item)),
    [chosen, error],
  );
  const items = store ? stored : early;
  return {
    items,
    add(files) {
      const added = files.map(newItem);
      if (store) store.add(added);
      else setChosen((now) => [...now, ...added]);
    },
    remove(key) {
      setChosen((now) => now.filter((item) => item.key !== key));
      store?.remove(key);
    },
    retry: (key) => (store ? store.retry(key) : void uploading.load()),
    clear() {
      setChosen(NONE);
      store?.clear();
    },
    isUploading: items.some(({ status }) => status === 'uploading'),
    toMessage: (text) => store?.toMessage(text) ?? { content: text },
  };
}

function newItem(file: File): AttachmentItem {
  return {
    key: randomKey(),
    file,
    status: 'uploading',
    progress: 0,
    fileId: undefined,
    error: undefined,
  };
}
