import { zipFolder, type TransferFolder } from 'assistants-react/backend';

/** Makes a folder of files that a user has chosen or dropped. One zip file is unpacked. */
export async function openFiles(files: readonly File[]): Promise<TransferFolder> {
  const [first] = files;
  if (files.length === 1 && first !== undefined && /\.zip$/i.test(first.name))
    return zipFolder(new Uint8Array(await first.arrayBuffer()), { name: first.name });
  const byPath = new Map(files.map((file) => [file.webkitRelativePath || file.name, file]));
  return {
    name: 'The folder',
    async *list() {
      for (const path of [...byPath.keys()].sort())
        yield { path, bytes: byPath.get(path)?.size ?? 0 };
    },
    async read(path) {
      const file = byPath.get(path);
      if (file === undefined) throw new Error(`${path} is missing.`);
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}

/** Lists the files of a drop, and those of its folders. Must be called in the event handler, which empties the drop afterwards. */
export async function readDrop(drop: DataTransfer): Promise<File[]> {
  const entries = [...drop.items].map((item) => item.webkitGetAsEntry());
  const files = await Promise.all(entries.map(async (entry) => (entry ? listFiles(entry) : [])));
  return files.flat();
}

async function listFiles(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    const path = entry.fullPath.replace(/^\//, '');
    return [Object.defineProperty(file, 'webkitRelativePath', { value: path })];
  }
  const files: File[] = [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  while (true) {
    // Returns some of the entries each time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return files;
    for (const child of entries) files.push(...(await listFiles(child)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
