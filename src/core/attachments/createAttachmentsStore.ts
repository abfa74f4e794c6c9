import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { AssistantsError, toAssistantsError } from '../../client/errors.js';
import { randomKey } from '../../common/randomKey.js';
import { writeFile } from '../../queries/cache/writeObjects.js';
import type { AttachmentItem, AttachmentsStore } from './AttachmentsStore.js';
import { writeDraftFiles, readDraftFiles, type DraftFile } from './draftFiles.js';
import { isImage, createMessageBody } from './createMessageBody.js';

const NONE: readonly AttachmentItem[] = [];

/** Files of messages that are being written: each is uploaded at once, and waits with its draft until that is sent. */
export function createAttachmentsStore(
  client: AssistantsClient,
  queryClient: QueryClient,
): AttachmentsStore {
  const listeners = new Set<() => void>();
  const uploads = new Map<string, AbortController>();
  const drafts = new Map<string, readonly AttachmentItem[]>();
  let shown: { name: string; owner: object } = { name: '', owner: drafts };

  const getState = () => drafts.get(shown.name) ?? NONE;
  const put = (name: string, items: readonly AttachmentItem[]) => {
    drafts.set(name, items);
    if (name !== '') writeDraftFiles(name, items);
    for (const listener of listeners) listener();
  };
  const putShown = (items: readonly AttachmentItem[]) => put(shown.name, items);
  const change = (key: string, next: Partial<AttachmentItem>) => {
    for (const [name, items] of drafts) {
      if (items.some((item) => item.key === key))
        put(
          name,
          items.map((item) => (item.key === key ? { ...item, ...next } : item)),
        );
    }
  };

  async function upload({ key, file }: AttachmentItem): Promise<void> {
    if (!(file instanceof File)) return;
    const controller = new AbortController();
    uploads.set(key, controller);
    change(key, { status: 'uploading', progress: 0, error: undefined });
    try {
      const body = { file, purpose: isImage(file) ? 'vision' : 'assistants' };
      const { signal } = controller;
      const onUploadProgress = (progress: number) => change(key, { progress });
      const uploaded = await client.uploadFile(
        { body },
        { signal, onUploadProgress, timeoutMs: Infinity },
      );
      writeFile(queryClient, client.scope, uploaded);
      change(key, { status: 'ready', progress: 1, fileId: uploaded.id });
    } catch (error) {
      if (!controller.signal.aborted)
        change(key, { status: 'failed', error: toAssistantsError(error) });
    } finally {
      uploads.delete(key);
    }
  }

  function restored({ file, fileId }: DraftFile): AttachmentItem {
    const key = randomKey();
    if (fileId !== undefined) {
      client.getFile({ fileId }).catch((reason: unknown) => {
        const error = toAssistantsError(reason);
        if (error.status === 404) change(key, { status: 'failed', fileId: undefined, error });
      });
      return { key, file, status: 'ready', progress: 1, fileId, error: undefined };
    }
    const error = new AssistantsError(
      'aborted',
      'The page was left before the file was uploaded. Choose it again.',
    );
    return { key, file, status: 'failed', progress: 0, fileId, error };
  }

  return {
    getState,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    showDraft(name, owner) {
      const along = name !== shown.name && owner === shown.owner ? getState() : NONE;
      if (along.length > 0) putShown(NONE);
      shown = { name, owner };
      const waiting = drafts.get(name) ?? (readDraftFiles(name) ?? []).map(restored);
      putShown([...waiting, ...along]);
    },
    add(given) {
      const known = new Set([...drafts.values()].flat().map(({ key }) => key));
      const items = given.filter(({ key }) => !known.has(key));
      if (items.length === 0) return;
      // One that a reload has kept from being uploaded, and that is now chosen again.
      const isBack = ({ file, fileId }: AttachmentItem) =>
        fileId === undefined &&
        !(file instanceof File) &&
        items.some((item) => item.file.name === file.name);
      putShown([...getState().filter((item) => !isBack(item)), ...items]);
      for (const item of items) void upload(item);
    },
    remove(key) {
      uploads.get(key)?.abort();
      putShown(getState().filter((item) => item.key !== key));
    },
    retry(key) {
      const item = getState().find((candidate) => candidate.key === key);
      if (item) void upload(item);
    },
    clear: () => putShown(NONE),
    toMessage: (text) => createMessageBody(text, getState(), client.apiVersion === 'v1'),
    stop: () => uploads.forEach((controller) => controller.abort()),
  };
}
