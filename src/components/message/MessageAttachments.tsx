import type { ReactElement } from 'react';
import type { Message } from '../../protocol/types.js';
import { FileChip } from '../file/FileChip.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import type { FileResolver } from './renderPart.js';

/** Props of `MessageAttachments`. */
export interface MessageAttachmentsProps extends Omit<PartProps<'ul'>, 'children'> {
  message: Pick<Message, 'file_ids' | 'attachments'>;
  /** Tells names of files, which messages only know by id. */
  resolveFile?: FileResolver | undefined;
  /** Without it files are shown and not offered. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/** Files of a message, of both versions of the API. Nothing where there are none. Element: ul. */
export function MessageAttachments({
  message,
  resolveFile,
  onDownload,
  ...props
}: MessageAttachmentsProps): ReactElement | null {
  const texts = useTexts();
  const fileIds = getAttachedFileIds(message);
  if (fileIds.length === 0) return null;
  const children = fileIds.map((fileId) => (
    <li key={fileId}>
      <FileChip
        name={resolveFile?.(fileId)?.name ?? texts.citation.unnamedFile}
        {...(onDownload && { onDownload: () => onDownload(fileId) })}
      />
    </li>
  ));
  return createPart(
    { tag: 'ul', name: 'attachments', own: { children, 'aria-label': texts.message.attachments } },
    props,
  );
}

/** Ids of the files of a message, each once. */
export function getAttachedFileIds(message: Pick<Message, 'file_ids' | 'attachments'>): string[] {
  const attached = (message.attachments ?? []).map((attachment) => attachment.file_id);
  return [...new Set([...(message.file_ids ?? []), ...attached])].filter(
    (fileId) => typeof fileId === 'string',
  );
}
