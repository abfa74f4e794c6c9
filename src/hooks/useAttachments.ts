import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { randomKey } from '../common/randomKey.js';
import type { AttachmentItem, AttachmentsStore } from '../core/attachments/AttachmentsStore.js';
import { readDraftFiles } from '../core/attachments/draftFileStorage.js';
import { lazyModule } from '../core/lazyModule.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useLazyModule } from './useLazyModule.js';

/** Result of `useAttachments`. */
export interface UseAttachmentsResult extends Pick<
  AttachmentsStore,
  'remove' | 'retry' | 'clear' | 'toMessage'
> {
  /** Files of the draft, in the order in which they were added. */
  items: readonly AttachmentItem[];
  /** Adds files and starts their uploads. */
  add: (files: readonly File[]) => void;
  /** True while at least one file is being uploaded. */
  isUploading: boolean;
}

const attachmentsModule = lazyModule(
  'the file upload',
  async () =>
    (await import('../core/attachments/createAttachmentsStore.js')).createAttachmentsStore,
);
const NO_ITEMS: readonly AttachmentItem[] = [];
const getNoItems = () => NO_ITEMS;

/**
 * Uploads files for the next message, and reports the progress of each. The code for uploads is loaded with the first file.
 * Uploads are aborted on unmount. Source: uploadFile.
 *
 * @param draftName Name under which the files survive a reload of the page. Each name has its own files. Without a name the
 * files are not stored. @default ''
 * @param owner Identifies the draft when its name changes: if the owner stays the same, the files move to the new name, for
 * example when a new thread gets its id.
 *
 * @example
 * ```tsx
 * import { useAttachments, useConversation } from 'assistants-react';
 *
 * export function FileSender({ assistantId }: { assistantId: string }) {
 *   const { send } = useConversation({ assistantId });
 *   const { items, add, clear, isUploading, toMessage } = useAttachments();
 *   const submit = async () => {
 *     await send(toMessage('Summarize these files.'));
 *     clear();
 *   };
 *   return (
 *     <>
 *       <input type="file" multiple onChange={({ target }) => add([...(target.files ?? [])])} />
 *       <button type="button" disabled={isUploading} onClick={() => void submit()}>
 *         Send {items.length} files
 *       </button>
 *     </>
 *   );
 * }
 * ```
 */
export function useAttachments(draftName = '', owner: object = NO_ITEMS): UseAttachmentsResult {
  const client = useAssistantsClient('useAttachments');
  const queryClient = useQueryClient();
  /** Files that were added before the store was loaded. The store ignores items that it has already. */
  const [earlyItems, setEarlyItems] = useState(NO_ITEMS);
  const hasStoredFiles = useMemo(() => readDraftFiles(draftName).length > 0, [draftName]);
  const { value: createAttachmentsStore, error } = useLazyModule(
    attachmentsModule,
    hasStoredFiles || earlyItems.length > 0,
  );
  const store = useMemo(
    () => createAttachmentsStore?.(client, queryClient),
    [createAttachmentsStore, client, queryClient],
  );
  useLayoutEffect(() => store?.showDraft(draftName, owner), [store, draftName, owner]);
  useLayoutEffect(() => store?.add(earlyItems), [store, earlyItems]);
  useEffect(() => store?.stop, [store]);

  const storeItems = useSyncExternalStore(
    store?.subscribe ?? noopSubscribe,
    store?.getState ?? getNoItems,
    getNoItems,
  );
  const waitingItems = useMemo(
    () => earlyItems.map((item) => (error ? { ...item, status: 'failed' as const, error } : item)),
    [earlyItems, error],
  );
  const items = store ? storeItems : waitingItems;
  return {
    items,
    add(files) {
      const added = files.map(createItem);
      if (store) store.add(added);
      else setEarlyItems((current) => [...current, ...added]);
    },
    remove(key) {
      setEarlyItems((current) => current.filter((item) => item.key !== key));
      store?.remove(key);
    },
    retry(key) {
      if (store) store.retry(key);
      else void attachmentsModule.load();
    },
    clear() {
      setEarlyItems(NO_ITEMS);
      store?.clear();
    },
    isUploading: items.some(({ status }) => status === 'uploading'),
    toMessage: (text) => store?.toMessage(text) ?? { content: text },
  };
}

function createItem(file: File): AttachmentItem {
  return {
    key: randomKey(),
    file,
    status: 'uploading',
    progress: 0,
    fileId: undefined,
    error: undefined,
  };
}
