import type { AttachmentItem } from '../../../src/core/attachments/AttachmentsStore.js';

/** Creates an item for the file "{key}.txt" that is ready. */
export function createItem(key: string, fields: Partial<AttachmentItem> = {}): AttachmentItem {
  return {
    key,
    file: { name: `${key}.txt`, size: 4, type: 'text/plain' },
    status: 'ready',
    progress: 1,
    fileId: `file-${key}`,
    error: undefined,
    ...fields,
  };
}
