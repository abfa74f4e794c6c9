import { isRecord } from '../../common/isRecord.js';
import { readSessionList, writeSessionList } from '../../common/sessionList.js';
import type { AttachmentItem } from './AttachmentsStore.js';

/** File of an unsent message as JSON. */
export interface DraftFile {
  file: AttachmentItem['file'];
  /** Undefined if the upload was not complete. */
  fileId?: string | undefined;
}

/** Reads the files that earlier pages of this tab have stored for a draft. Returns an empty list if there are none. */
export function readDraftFiles(draftName: string): readonly DraftFile[] {
  return readSessionList(getEntryName(draftName), isDraftFile);
}

/** Stores the files of a draft for the next page of this tab. */
export function writeDraftFiles(draftName: string, items: readonly AttachmentItem[]): void {
  writeSessionList(getEntryName(draftName), items.map(toDraftFile));
}

function toDraftFile({ file, fileId }: AttachmentItem): DraftFile {
  // The members of a File are getters of its prototype, which JSON leaves out.
  return { file: { name: file.name, size: file.size, type: file.type }, fileId };
}

function isDraftFile(value: unknown): value is DraftFile {
  if (!isRecord(value)) return false;
  const { file, fileId } = value;
  return (
    isRecord(file) &&
    typeof file['name'] === 'string' &&
    Number.isFinite(file['size']) &&
    typeof file['type'] === 'string' &&
    (fileId === undefined || typeof fileId === 'string')
  );
}

function getEntryName(draftName: string): string {
  return `assistants-react:files:${draftName}`;
}
