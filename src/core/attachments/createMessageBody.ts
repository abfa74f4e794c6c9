import type { Attachments, AttachmentItem } from './AttachmentsStore.js';

/** A message of a text and the files that are ready. */
export function createMessageBody(
  text: string,
  items: readonly AttachmentItem[],
  isVersion1: boolean,
): ReturnType<Attachments['toMessage']> {
  const ready = items.flatMap(({ file, fileId }) =>
    fileId === undefined ? [] : [{ file, fileId }],
  );
  if (isVersion1)
    return {
      content: text || ready.map(({ file }) => file.name).join(', '),
      file_ids: ready.map(({ fileId }) => fileId),
    };
  const images = ready.filter(({ file }) => isImage(file));
  const others = ready.filter(({ file }) => !isImage(file));
  // A message has to say something: where nothing is written, the names of its files do.
  const words =
    text === '' && images.length === 0 ? others.map(({ file }) => file.name).join(', ') : text;
  const parts = images.map(({ fileId }) => ({
    type: 'image_file' as const,
    image_file: { file_id: fileId },
  }));
  return {
    content:
      parts.length === 0
        ? words
        : [...(words === '' ? [] : [{ type: 'text' as const, text: words }]), ...parts],
    ...(others.length > 0 && {
      attachments: others.map(({ fileId }) => ({
        file_id: fileId,
        tools: [{ type: 'file_search' as const }],
      })),
    }),
  };
}

/** The images that models take; any other picture is a file like all files. */
export function isImage({ type }: AttachmentItem['file']): boolean {
  return (
    type === 'image/png' || type === 'image/jpeg' || type === 'image/gif' || type === 'image/webp'
  );
}
