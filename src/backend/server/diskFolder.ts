import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TransferError } from '../transfer/TransferError.js';
import type { FolderFile, TransferFolder, WritableFolder } from '../transfer/TransferFolder.js';

/** Folder of the disk. */
export interface DiskFolder extends TransferFolder, WritableFolder {}

const INPUT_FILE = /\.(?:json|jsonl|ndjson)$/i;
/** Exports have folders in one level. Deeper ones than this are another kind of folder. */
const MAX_DEPTH = 8;

/**
 * Creates a folder of the disk for `importFolder` and `exportStore`. The path may also be one JSON or JSONL file. Symbolic links
 * are not followed, because they could point outside of the folder. Those that may belong to an export are listed with a fault.
 */
export function diskFolder(path: string): DiskFolder {
  return {
    name: path,

    async *list() {
      const info = await stat(path).catch(() => undefined);
      if (info === undefined) throw new TransferError(`${path} does not exist.`);
      if (info.isDirectory()) yield* listFolder(path, '', MAX_DEPTH);
      else if (INPUT_FILE.test(path)) yield { path: basename(path), bytes: info.size };
      else
        throw new TransferError(
          `${path} is not a folder and not a JSON or JSONL file. Unpack an archive first, and pass its folder.`,
        );
    },

    async read(file) {
      const info = await stat(path);
      return readFile(info.isDirectory() ? join(path, file) : path);
    },

    async write(file, bytes) {
      const target = join(path, file);
      await mkdir(dirname(target), { recursive: true });
      // A file that is being written has another name, so an interrupted export leaves no half file.
      await writeFile(`${target}.partial`, bytes);
      await rename(`${target}.partial`, target);
    },
  };
}

async function* listFolder(
  root: string,
  folder: string,
  depth: number,
): AsyncGenerator<FolderFile, void, void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && depth > 0) yield* listFolder(root, path, depth - 1);
    else if (entry.isFile()) yield { path, bytes: (await stat(join(root, path))).size };
    else if (entry.isSymbolicLink() && (await mayBeInput(join(root, path))))
      yield {
        path,
        bytes: 0,
        fault: 'It is a symbolic link, which is not followed. Copy its target.',
      };
  }
}

/** Returns true if a link leads to a folder, or has the name of an input file. */
async function mayBeInput(link: string): Promise<boolean> {
  if (INPUT_FILE.test(link)) return true;
  const info = await stat(link).catch(() => undefined);
  return info?.isDirectory() === true;
}
