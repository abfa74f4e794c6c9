import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { OutgoingMessage } from '../conversation/OutboxItem.js';
import type { AttachmentItem } from './AttachmentsStore.js';

type MessageBody = Exclude<OutgoingMessage, string>;

interface ReadyFile {
  file: AttachmentItem['file'];
  fileId: string;
}

/** Media types of images that models read. Other images are attached like any file. */
const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Creates a message with a text and the files that are ready. */
export function createMessageBody(
  text: string,
  items: readonly AttachmentItem[],
  apiVersion: AssistantsClient['apiVersion'],
): MessageBody {
  const files = items.flatMap(({ file, fileId }) =>
    fileId === undefined ? [] : [{ file, fileId }],
  );
  return apiVersion === 'v1' ? createBodyV1(text, files) : createBodyV2(text, files);
}

export function isImage({ type }: AttachmentItem['file']): boolean {
  return IMAGE_TYPES.has(type);
}

function createBodyV1(text: string, files: readonly ReadyFile[]): MessageBody {
  return {
    content: text || joinNames(files),
    file_ids: files.map(({ fileId }) => fileId),
  };
}

function createBodyV2(text: string, files: readonly ReadyFile[]): MessageBody {
  const images = files.filter(({ file }) => isImage(file));
  const attached = files.filter(({ file }) => !isImage(file));
  // The content of a message must not be empty.
  const ownText = text === '' && images.length === 0 ? joinNames(attached) : text;
  const textParts = ownText === '' ? [] : [{ type: 'text' as const, text: ownText }];
  const imageParts = images.map(({ fileId }) => ({
    type: 'image_file' as const,
    image_file: { file_id: fileId },
  }));
  return {
    content: imageParts.length === 0 ? ownText : [...textParts, ...imageParts],
    ...(attached.length > 0 && {
      attachments: attached.map(({ fileId }) => ({
        file_id: fileId,
        tools: [{ type: 'file_search' as const }],
      })),
    }),
  };
}

function joinNames(files: readonly ReadyFile[]): string {
  return files.map(({ file }) => file.name).join(', ');
}
