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
      if (entry !== null) return listFiles(entry);
      return file === null ? [] : [file];
    }),
  );
  return files.flat();
}

async function listFiles(entry: FileSystemEntry): Promise<File[]> {
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    const path = entry.fullPath.replace(/^\//, '');
    return [Object.defineProperty(file, 'webkitRelativePath', { value: path })];
  }
  if (!isFolderEntry(entry)) return [];
  const files: File[] = [];
  const reader = entry.createReader();
  while (true) {
    // Returns some of the entries each time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return files;
    for (const child of entries) files.push(...(await listFiles(child)));
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
