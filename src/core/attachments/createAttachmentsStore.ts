import { isFile } from '../../common/isFile.js';
import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import { createStore } from '../../common/createStore.js';
import { randomKey } from '../../common/randomKey.js';
import { writeFile } from '../../queries/cache/writeObjects.js';
import type { AttachmentItem, AttachmentsStore } from './AttachmentsStore.js';
import { createMessageBody, isImage } from './createMessageBody.js';
import { readDraftFiles, writeDraftFiles, type DraftFile } from './draftFileStorage.js';
import {
  findNewItems,
  getShownItems,
  initialAttachments,
  reduceAttachments,
  type AttachmentsEvent,
  type AttachmentsState,
} from './reduceAttachments.js';

/** Creates the store for the files of unsent messages. Files are uploaded when they are added. */
export function createAttachmentsStore(
  client: AssistantsClient,
  queryClient: QueryClient,
): AttachmentsStore {
  const store = createStore(initialAttachments);
  const uploads = new Map<string, AbortController>();
  const getItems = () => getShownItems(store.getState());

  function dispatch(event: AttachmentsEvent): void {
    const previous = store.getState();
    const next = reduceAttachments(previous, event);
    writeChangedDrafts(previous, next);
    store.setState(next);
  }

  async function upload({ key, file }: AttachmentItem): Promise<void> {
    if (!isFile(file)) return;
    const controller = new AbortController();
    const { signal } = controller;
    uploads.set(key, controller);
    dispatch({ type: 'uploadStarted', key });
    try {
      const uploaded = await client.uploadFile(
        { body: { file, purpose: isImage(file) ? 'vision' : 'assistants' } },
        {
          signal,
          onUploadProgress: (progress) => dispatch({ type: 'uploadProgressed', key, progress }),
          timeoutMs: Infinity,
        },
      );
      writeFile(queryClient, client.scope, uploaded);
      dispatch({ type: 'uploadSucceeded', key, fileId: uploaded.id });
    } catch (reason) {
      if (!signal.aborted)
        dispatch({ type: 'uploadFailed', key, error: toAssistantsError(reason) });
    } finally {
      uploads.delete(key);
    }
  }

  /** Marks a restored file as failed if the server does not have it any more. */
  async function checkFile({ key, fileId }: AttachmentItem): Promise<void> {
    if (fileId === undefined) return;
    try {
      await client.getFile({ fileId });
    } catch (reason) {
      const error = toAssistantsError(reason);
      if (error.status === 404 && error.kind === 'http')
        dispatch({ type: 'uploadFailed', key, error });
    }
  }

  return {
    getState: getItems,
    subscribe: store.subscribe,
    showDraft(draftName, owner) {
      const isKnown = store.getState().drafts.has(draftName);
      const restored = isKnown ? [] : readDraftFiles(draftName).map(toRestoredItem);
      dispatch({ type: 'draftShown', draftName, owner, restored });
      for (const item of restored) void checkFile(item);
    },
    add(items) {
      const newItems = findNewItems(store.getState(), items);
      if (newItems.length === 0) return;
      dispatch({ type: 'added', items: newItems });
      for (const item of newItems) void upload(item);
    },
    remove(key) {
      uploads.get(key)?.abort();
      dispatch({ type: 'removed', key });
    },
    retry(key) {
      const item = getItems().find((candidate) => candidate.key === key);
      if (item) void upload(item);
    },
    clear: () => dispatch({ type: 'cleared' }),
    toMessage: (text) => createMessageBody(text, getItems(), client.apiVersion),
    stop() {
      for (const controller of uploads.values()) controller.abort();
    },
  };
}

function writeChangedDrafts(previous: AttachmentsState, next: AttachmentsState): void {
  for (const [draftName, items] of next.drafts) {
    if (draftName !== '' && items !== previous.drafts.get(draftName))
      writeDraftFiles(draftName, items);
  }
}

function toRestoredItem({ file, fileId }: DraftFile): AttachmentItem {
  const key = randomKey();
  if (fileId !== undefined)
    return { key, file, status: 'ready', progress: 1, fileId, error: undefined };
  const error = new AssistantsError(
    'aborted',
    'The page was closed before the file was uploaded. Choose the file again.',
  );
  return { key, file, status: 'failed', progress: 0, fileId, error };
}
