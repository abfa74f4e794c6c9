import { listEntryFiles } from '../file/listEntryFiles.js';

/** More files are hardly meant to go with one message. */
const MAX_FILES = 50;

/**
 * Lists the files of dropped files and folders, without hidden ones such as `.DS_Store`, and those of hidden folders in them.
 *
 * @throws Error if there are none, or too many
 */
export async function listFolderFiles(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const lists = await Promise.all(entries.map(listEntryFiles));
  const files = lists.flat().filter(({ webkitRelativePath: path }) => !/\/\./.test(path));
  if (files.length === 0 || files.length > MAX_FILES)
    throw new Error(`The folder has ${files.length} files. A message takes 1 to ${MAX_FILES}.`);
  return files;
}
