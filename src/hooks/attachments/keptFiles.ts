import { readPage, writePage } from '../pageStorage.js';
import type { AttachmentItem } from './attachments.js';

/** What is kept of a file that is to be sent. Without an id it has not been uploaded. */
export interface KeptFile {
  file: AttachmentItem['file'];
  fileId?: string | undefined;
}

/** The files that an earlier page of this tab has left for a draft; undefined where there are none. */
export function readKeptFiles(name: string): readonly KeptFile[] | undefined {
  const text = readPage(nameOf(name));
  // Nobody but `keepFiles` stores under this name.
  return text === undefined ? undefined : (JSON.parse(text) as KeptFile[]);
}

/** Leaves the files of a draft for the next page of this tab. */
export function keepFiles(name: string, items: readonly AttachmentItem[]): void {
  const kept = items.map(({ file: { name: called, size, type }, fileId }): KeptFile => ({ file: { name: called, size, type }, fileId }));
  writePage(nameOf(name), kept.length === 0 ? undefined : JSON.stringify(kept));
}

function nameOf(name: string): string {
  return `assistants-react:files:${name}`;
}
