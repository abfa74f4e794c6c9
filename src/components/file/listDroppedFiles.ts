import { listEntryFiles } from './listEntryFiles.js';

/**
 * Lists the files of a drop, and those of its folders with their paths as `webkitRelativePath`. Must be called in the event
 * handler: the browser empties the drop afterwards.
 */
export async function listDroppedFiles(drop: DataTransfer): Promise<File[]> {
  const items = [...drop.items].map((item) => ({
    entry: item.webkitGetAsEntry(),
    // A file that does not come from a disk has no entry.
    file: item.getAsFile(),
  }));
  const files = await Promise.all(
    items.map(async ({ entry, file }) => {
      if (entry !== null) return listEntryFiles(entry);
      return file === null ? [] : [file];
    }),
  );
  return files.flat();
}
