'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, type ReactElement } from 'react';
import { toAssistantsError } from '../../../client/errors.js';
import { FileChip } from '../../../components/file/FileChip.js';
import {
  annotationParts,
  type MessageFiles,
} from '../../../components/citations/annotationParts.js';
import { MessageAttachments } from '../../../components/message/MessageAttachments.js';
import { MessageImage } from '../../../components/message/MessageImage.js';
import { renderPart, type PartRenderers } from '../../../components/message/renderPart.js';
import type { AttachmentItem } from '../../../core/attachments/attachments.js';
import { useFileContent } from '../../../hooks/operations/files.js';
import type { Message } from '../../../protocol/types.js';
import { fileNamesOptions } from '../../../queries/files.js';
import type { MessageParts, MessagePartsOptions } from './useMessageParts.js';

/** What shows the files and sources of a message and its content other than text, and files to send. Source: getFile, getFileContent. */
export const shownFiles = { messagePartsOf, AttachedFile };

function messagePartsOf({
  client,
  message,
  names,
  onNames,
  onError,
}: MessagePartsOptions): MessageParts {
  const resolveFile = (fileId: string) => ({
    name: Object.hasOwn(names, fileId) ? names[fileId] : undefined,
  });
  const onDownload = (fileId: string) => {
    onError(undefined);
    client.getFileContent({ fileId }).then(
      (content) => save(content, resolveFile(fileId).name ?? fileId),
      (reason: unknown) => onError(toAssistantsError(reason)),
    );
  };
  const files = { resolveFile, onDownload };
  return {
    ...annotationParts(files),
    files: <NamedFiles client={client} message={message} onNames={onNames} {...files} />,
    renderPart: (part, surroundings) => renderPart(part, { ...surroundings, ...files }, RENDERERS),
  };
}

/** Props of `AttachedFile`. */
export interface AttachedFileProps {
  item: AttachmentItem;
  onRemove: () => void;
  onRetry: () => void;
}

function AttachedFile({
  item: { file, status, progress },
  onRemove,
  onRetry,
}: AttachedFileProps): ReactElement | null {
  // Of a file from before a reload only its name is left.
  const isThere = file instanceof File;
  return (
    <FileChip
      name={file.name}
      size={file.size}
      status={status}
      progress={progress}
      onRemove={onRemove}
      onRetry={isThere ? onRetry : undefined}
    />
  );
}

type NamedFilesProps = Pick<MessagePartsOptions, 'client' | 'message' | 'onNames'> & MessageFiles;

/** The attached files of a message, which asks for the names of those that it cites and offers too. */
function NamedFiles({ client, message, onNames, ...files }: NamedFilesProps): ReactElement {
  const ids = fileIdsOf(message);
  const options = {
    ...fileNamesOptions(client, ids),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData<Record<string, string>>,
  };
  const { data: names } = useQuery(options);
  // Names that are known already are there before anything is painted.
  useLayoutEffect(() => {
    if (names) onNames(names);
  }, [names, onNames]);
  return <MessageAttachments message={message} {...files} />;
}

const RENDERERS: PartRenderers = {
  image_file: (part) =>
    part.type === 'image_file' && <ImageFile fileId={part.image_file.file_id} />,
};

function ImageFile({ fileId }: { fileId: string }): ReactElement {
  const { url } = useFileContent({ fileId });
  return (
    <MessageImage fileId={fileId} resolveFile={() => (url === undefined ? undefined : { url })} />
  );
}

/** The files that a message attaches, cites or offers. */
function fileIdsOf({ attachments, file_ids, content }: Message): string[] {
  const ids = [...(file_ids ?? []), ...(attachments ?? []).map(({ file_id }) => file_id)];
  for (const part of content) {
    if (part.type !== 'text') continue;
    for (const annotation of part.text.annotations) {
      if (annotation.type === 'file_citation') ids.push(annotation.file_citation.file_id);
      if (annotation.type === 'file_path') ids.push(annotation.file_path.file_id);
    }
  }
  return [...new Set(ids)];
}

/** Saves bytes under a name; the last part of it only, whatever path a server put before. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.split(/[\\/]/).at(-1) ?? 'file';
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
