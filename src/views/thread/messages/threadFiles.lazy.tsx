'use client';
import { isFile } from '../../../common/isFile.js';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, type ReactElement, type ReactNode } from 'react';
import type { AssistantsClient } from '../../../client/AssistantsClient.js';
import { toAssistantsError, type AssistantsError } from '../../../client/AssistantsError.js';
import type { AnnotationParts } from '../../../components/citations/AnnotatedText.js';
import { createAnnotationParts } from '../../../components/citations/createAnnotationParts.js';
import type { MessageFiles } from '../../../components/citations/MessageFiles.js';
import { FileChip } from '../../../components/file/FileChip.js';
import type { FileResolver } from '../../../components/file/FileResolver.js';
import type { PartDisplay } from '../../../components/message/getPartDisplay.js';
import { MessageAttachments } from '../../../components/message/MessageAttachments.js';
import { MessageImage } from '../../../components/message/MessageImage.js';
import { MessageIncomplete } from '../../../components/message/MessageIncomplete.js';
import {
  renderMessagePart,
  type MessagePartRenderers,
} from '../../../components/message/renderMessagePart.js';
import type { AttachmentItem } from '../../../core/attachments/AttachmentsStore.js';
import { useFileContent } from '../../../hooks/operations/files.js';
import { useObjectUrl } from '../../../hooks/useObjectUrl.js';
import type { Message, MessageContent } from '../../../protocol/types.js';
import { fileSummariesOptions, type FileSummaries } from '../../../queries/files.js';
import { saveFile } from '../../saveFile.js';
import { useExplainedRun } from '../useRunOutcome.js';

/** Content of a message in a thread besides its text. */
export interface ThreadMessageParts extends AnnotationParts {
  attachments: ReactNode;
  /** Renders a content part other than text. */
  renderPart: (part: MessageContent, display: PartDisplay) => ReactNode;
  /** Reason why the message is incomplete. */
  incomplete: ReactNode;
}

/** Options for `createMessageParts`. */
export interface MessagePartsOptions {
  client: AssistantsClient;
  message: Message;
  files: FileSummaries;
  /** Called when the names and sizes of the message's files are loaded. */
  onFiles: (files: FileSummaries) => void;
  /** Called with undefined when a download starts, and with an error if it fails. */
  onError: (error: AssistantsError | undefined) => void;
}

/** Creates the content of a message besides its text: attachments, citations, sources, images and the
 * reason why it is incomplete. Source: getFile, getFileContent. */
export function createMessageParts({
  client,
  message,
  files: summaries,
  onFiles,
  onError,
}: MessagePartsOptions): ThreadMessageParts {
  const resolveFile = (fileId: string) =>
    Object.hasOwn(summaries, fileId) ? summaries[fileId] : undefined;
  const onDownload = (fileId: string): void => {
    onError(undefined);
    client.getFileContent({ fileId }).then(
      (content) => saveFile(content, resolveFile(fileId)?.name ?? fileId),
      (reason: unknown) => onError(toAssistantsError(reason)),
    );
  };
  const files = { resolveFile, onDownload };
  return {
    ...createAnnotationParts(files),
    attachments: (
      <NamedAttachments client={client} message={message} onFiles={onFiles} {...files} />
    ),
    renderPart: (part, display) => renderMessagePart(part, { ...display, ...files }, RENDERERS),
    incomplete: <ThreadMessageIncomplete message={message} />,
  };
}

/** Reason why a message is incomplete, unless the status of the thread explains it. */
function ThreadMessageIncomplete({ message }: { message: Message }): ReactElement | null {
  const explained = useExplainedRun();
  return explained && explained.id === message.run_id ? null : <MessageIncomplete />;
}

/** Props of `AttachedFile`. */
export interface AttachedFileProps {
  item: AttachmentItem;
  onRemove: () => void;
  onRetry: () => void;
}

/** File that will be sent with the next message. Element: span, a `FileChip`. */
export function AttachedFile({
  item: { file, status, progress },
  onRemove,
  onRetry,
}: AttachedFileProps): ReactElement {
  // After a reload the file is only a name: it cannot be uploaded again.
  const canRetry = isFile(file);
  const isImage = canRetry && file.type.startsWith('image/');
  const thumbnailUrl = useObjectUrl(isImage ? file : undefined);
  return (
    <FileChip
      name={file.name}
      size={file.size}
      status={status}
      thumbnailUrl={thumbnailUrl}
      progress={progress}
      onRemove={onRemove}
      onRetry={canRetry ? onRetry : undefined}
    />
  );
}

type NamedAttachmentsProps = Pick<MessagePartsOptions, 'client' | 'message' | 'onFiles'> &
  MessageFiles;

/** Lists the attachments of a message, and loads the names and sizes of all its files. */
function NamedAttachments({
  client,
  message,
  onFiles,
  ...files
}: NamedAttachmentsProps): ReactElement {
  const ids = getFileIds(message);
  const options = {
    ...fileSummariesOptions(client, ids),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData<FileSummaries>,
  };
  const { data: summaries } = useQuery(options);
  // A layout effect, so that cached names are shown in the first paint.
  useLayoutEffect(() => {
    if (summaries) onFiles(summaries);
  }, [summaries, onFiles]);
  return <MessageAttachments message={message} {...files} />;
}

const RENDERERS: MessagePartRenderers = {
  image_file: (part, { resolveFile }) =>
    part.type === 'image_file' && (
      <ImageFile
        fileId={part.image_file.file_id}
        summary={resolveFile?.(part.image_file.file_id)}
      />
    ),
};

function ImageFile({
  fileId,
  summary,
}: {
  fileId: string;
  summary: ReturnType<FileResolver>;
}): ReactElement {
  const { url, query } = useFileContent({ fileId });
  const { data: content } = query;
  return (
    <MessageImage
      fileId={fileId}
      resolveFile={() => (url === undefined ? undefined : { ...summary, url })}
      onDownload={content && (() => saveFile(content, summary?.name ?? fileId))}
    />
  );
}

/** Returns the ids of the files that a message attaches, shows, cites or links to, each once. */
function getFileIds({ attachments, file_ids, content }: Message): string[] {
  const ids = [...(file_ids ?? []), ...(attachments ?? []).map(({ file_id }) => file_id)];
  for (const part of content) {
    if (part.type === 'image_file') ids.push(part.image_file.file_id);
    if (part.type !== 'text') continue;
    for (const annotation of part.text.annotations) {
      // A citation with a name is one of a file that the server does not have.
      if (annotation.type === 'file_citation' && annotation.file_citation.file_name === undefined)
        ids.push(annotation.file_citation.file_id);
      if (annotation.type === 'file_path') ids.push(annotation.file_path.file_id);
    }
  }
  return [...new Set(ids)];
}
