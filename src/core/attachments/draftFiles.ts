import { readSessionText, writeSessionText } from '../../common/sessionText.js';
import type { AttachmentItem } from './AttachmentsStore.js';

/** What is kept of a file that is to be sent. Without an id it has not been uploaded. */
export interface DraftFile {
  file: AttachmentItem['file'];
  fileId?: string | undefined;
}

/** The files that an earlier page of this tab has left for a draft; undefined where there are none. */
export function readDraftFiles(name: string): readonly DraftFile[] | undefined {
  const text = readSessionText(nameOf(name));
  // Nobody but `keepFiles` stores under this name.
  return text === undefined ? undefined : (JSON.parse(text) as DraftFile[]);
}

/** Leaves the files of a draft for the next page of this tab. */
export function writeDraftFiles(name: string, items: readonly AttachmentItem[]): void {
  const kept = items.map(({ file: { name: called, size, type }, fileId }): DraftFile => ({
    file: { name: called, size, type },
    fileId,
  }));
  writeSessionText(nameOf(name), kept.length === 0 ? undefined : JSON.stringify(kept));
}

function nameOf(name: string): string {
  return `assistants-react:files:${name}`;
}
