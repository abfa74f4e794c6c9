import type { FileResolver } from '../file/FileResolver.js';

/** Access to the files that a message refers to. */
export interface MessageFiles {
  resolveFile: FileResolver | undefined;
  /** Downloads a file. If undefined, file links are plain text. */
  onDownload: ((fileId: string) => void) | undefined;
}
