/** Lists a file, or the files of a folder and its folders, with their paths as `webkitRelativePath`. */
export async function listEntryFiles(entry: FileSystemEntry): Promise<File[]> {
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
    for (const child of entries) files.push(...(await listEntryFiles(child)));
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
