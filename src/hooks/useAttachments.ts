import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../client/errors.js';
import { writeFile } from '../queries/cache.js';
import type { Outgoing } from './conversation/outbox.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** A file on its way to be part of a message. */
export interface AttachmentItem {
  /** Of the row, not of the file. */
  key: string;
  file: File;
  status: 'uploading' | 'ready' | 'failed';
  /** The share that has been sent, 0 to 1. */
  progress: number;
  /** Of the uploaded file. */
  fileId: string | undefined;
  error: AssistantsError | undefined;
}

export interface Attachments {
  items: readonly AttachmentItem[];
  /** Uploads files at once. */
  add: (files: readonly File[]) => void;
  /** Takes a file out of the list, and stops its upload. An uploaded one is kept by the server. */
  remove: (key: string) => void;
  retry: (key: string) => void;
  /** Forgets all, after they were sent. */
  clear: () => void;
  isUploading: boolean;
  /** A message of the text and the files that are ready, in the dialect of the client. */
  toMessage: (text: string) => Exclude<Outgoing, string>;
}

let added = 0;

/** Files of the next message: uploaded before it is sent, each with its progress. Source: uploadFile. */
export function useAttachments(): Attachments {
  const client = useAssistantsClient('useAttachments');
  const queryClient = useQueryClient();
  const [items, setItems] = useState<readonly AttachmentItem[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const open = uploads.current;
    return () => open.forEach((upload) => upload.abort());
  }, []);

  const upload = useCallback(
    async ({ key, file }: AttachmentItem) => {
      const change = (next: Partial<AttachmentItem>) =>
        setItems((now) => now.map((item) => (item.key === key ? { ...item, ...next } : item)));
      const controller = new AbortController();
      uploads.current.set(key, controller);
      change({ status: 'uploading', progress: 0, error: undefined });
      try {
        const body = { file, purpose: isImage(file) ? 'vision' : 'assistants' };
        const { signal } = controller;
        const onUploadProgress = (progress: number) => change({ progress });
        const uploaded = await client.uploadFile({ body }, { signal, onUploadProgress, timeoutMs: Infinity });
        writeFile(queryClient, client.scope, uploaded);
        change({ status: 'ready', progress: 1, fileId: uploaded.id });
      } catch (error) {
        if (!controller.signal.aborted) change({ status: 'failed', error: toAssistantsError(error) });
      } finally {
        uploads.current.delete(key);
      }
    },
    [client, queryClient],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const next = files.map((file): AttachmentItem => {
        const key = `attachment-${(added += 1)}`;
        return { key, file, status: 'uploading', progress: 0, fileId: undefined, error: undefined };
      });
      setItems((now) => [...now, ...next]);
      for (const item of next) void upload(item);
    },
    [upload],
  );
  const remove = useCallback((key: string) => {
    uploads.current.get(key)?.abort();
    setItems((now) => now.filter((item) => item.key !== key));
  }, []);
  const retry = (key: string) => {
    const item = items.find((candidate) => candidate.key === key);
    if (item) void upload(item);
  };

  return {
    items,
    add,
    remove,
    retry,
    clear: useCallback(() => setItems([]), []),
    isUploading: items.some(({ status }) => status === 'uploading'),
    toMessage: (text) => messageOf(text, items, client.beta === 'v1'),
  };
}

function messageOf(text: string, items: readonly AttachmentItem[], isVersion1: boolean): Exclude<Outgoing, string> {
  const ready = items.flatMap(({ file, fileId }) => (fileId === undefined ? [] : [{ file, fileId }]));
  if (isVersion1) return { content: text || ready.map(({ file }) => file.name).join(', '), file_ids: ready.map(({ fileId }) => fileId) };
  const images = ready.filter(({ file }) => isImage(file));
  const others = ready.filter(({ file }) => !isImage(file));
  // A message has to say something: where nothing is written, the names of its files do.
  const words = text === '' && images.length === 0 ? others.map(({ file }) => file.name).join(', ') : text;
  const parts = images.map(({ fileId }) => ({ type: 'image_file' as const, image_file: { file_id: fileId } }));
  return {
    content: parts.length === 0 ? words : [...(words === '' ? [] : [{ type: 'text' as const, text: words }]), ...parts],
    ...(others.length > 0 && {
      attachments: others.map(({ fileId }) => ({ file_id: fileId, tools: [{ type: 'file_search' as const }] })),
    }),
  };
}

/** The images that models take; any other picture is a file like all files. */
function isImage({ type }: File): boolean {
  return type === 'image/png' || type === 'image/jpeg' || type === 'image/gif' || type === 'image/webp';
}
