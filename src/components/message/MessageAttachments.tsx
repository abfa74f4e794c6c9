import { useContext, type ReactElement } from 'react';
import type { Message } from '../../protocol/types.js';
import { FileChip } from '../file/FileChip.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import type { FileResolver } from '../file/FileResolver.js';
import { MessageContext, usePartMessage } from './MessageContext.js';

/** Props of `MessageAttachments`. Inside `Message.Root`, all default to its props. */
export interface MessageAttachmentsProps extends Omit<PartProps<'ul'>, 'children'> {
  message?: Pick<Message, 'file_ids' | 'attachments'> | undefined;
  /** Looks up names of files. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file. Without it, files are listed without a download button. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/**
 * Files attached to a message: `file_ids` of version 1 and `attachments` of version 2. Renders nothing without files.
 * Inside `Message.Root`, or alone with a `message`. Element: ul.
 */
export function MessageAttachments({
  message: messageProp,
  resolveFile: resolveFileProp,
  onDownload: onDownloadProp,
  ...props
}: MessageAttachmentsProps): ReactElement | null {
  const texts = useCompleteTexts();
  const context = useContext(MessageContext);
  const resolveFile = resolveFileProp ?? context?.resolveFile;
  const onDownload = onDownloadProp ?? context?.onDownload;
  const fileIds = getAttachedFileIds(usePartMessage('Message.Attachments', messageProp));
  if (fileIds.length === 0) return null;
  const children = fileIds.map((fileId) => (
    <li key={fileId}>
      <FileChip
        name={resolveFile?.(fileId)?.name ?? texts.citation.unnamedFile}
        size={resolveFile?.(fileId)?.size}
        onDownload={onDownload && (() => onDownload(fileId))}
      />
    </li>
  ));
  return createPart(
    {
      tag: 'ul',
      name: 'attachments',
      defaultProps: { children, 'aria-label': texts.message.attachments },
    },
    props,
  );
}

function getAttachedFileIds({
  file_ids,
  attachments,
}: Pick<Message, 'file_ids' | 'attachments'>): string[] {
  const ids = [...(file_ids ?? []), ...(attachments ?? []).map(({ file_id }) => file_id)];
  return [...new Set(ids)].filter((fileId) => typeof fileId === 'string');
}
