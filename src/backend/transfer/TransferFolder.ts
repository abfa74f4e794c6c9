/** File of a folder. */
export interface FolderFile {
  /** Path below the folder, with slashes. */
  path: string;
  bytes: number;
  /** Reason why the file is not read. The report of an import names it. */
  fault?: string;
}

/**
 * Folder that an import reads, or an export writes. Implement it over a folder of the disk, the files that a user has dropped
 * on a page, or a map in memory.
 */
export interface TransferFolder {
  /** Name for messages. */
  name: string;
  /** Yields all files, in the order of their paths. */
  list(): AsyncIterable<FolderFile>;
  read(path: string): Promise<Uint8Array>;
}

/** Folder that an export writes. */
export interface WritableFolder {
  /** Writes a file completely or not at all. Creates the folders of its path. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** Creates a folder from files in memory, such as those that a user has dropped on a page. */
export function memoryFolder(
  files: ReadonlyMap<string, Uint8Array>,
  name = 'the folder',
): TransferFolder {
  return {
    name,
    async *list() {
      for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
        yield { path, bytes: content.length };
    },
    async read(path) {
      const content = files.get(path);
      if (content === undefined) throw new Error(`${path} does not exist in ${name}.`);
      return content;
    },
  };
}
