import type { TransferFolder } from './TransferFolder.js';
import { zipFolder } from './zipFolder.js';

/**
 * Makes a folder of files that a user has chosen or dropped on a page, for `importFolder`. A single zip file is
 * unpacked. Files are read when the import needs them.
 *
 * @throws TransferError if the zip file is damaged or too large.
 */
export async function fileFolder(files: readonly File[]): Promise<TransferFolder> {
  const [first] = files;
  if (files.length === 1 && first !== undefined && /\.zip$/i.test(first.name))
    return zipFolder(new Uint8Array(await first.arrayBuffer()), { name: first.name });
  const byPath = new Map(files.map((file) => [file.webkitRelativePath || file.name, file]));
  return {
    name: files.length === 1 && first !== undefined ? first.name : 'The folder',
    async *list() {
      for (const [path, { size }] of [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)))
        yield { path, bytes: size };
    },
    async read(path) {
      const file = byPath.get(path);
      if (file === undefined) throw new Error(`${path} does not exist in the folder.`);
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}
