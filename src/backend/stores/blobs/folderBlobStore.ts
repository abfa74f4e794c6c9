import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFailedError, isFullError } from '../sqliteErrors.js';
import { StoreError } from '../StoreError.js';
import type { BlobStore } from './BlobStore.js';
import { getBlobName } from './getBlobName.js';

/** Options for `folderBlobStore`. */
export interface FolderBlobStoreOptions {
  /** Path of the folder. It is created if it does not exist. Several servers can share a network folder. */
  path: string;
}

/**
 * Creates a blob store in a folder. The names of the files are hashes of the ids. A content is written to a temporary file
 * first, and is flushed to the disk before it gets its name, so a reader never sees a part of it.
 *
 * @example
 * createBackend({ store: sqliteStore({ path: 'chat.sqlite' }), blobStore: folderBlobStore({ path: 'files' }) });
 */
export function folderBlobStore({ path }: FolderBlobStoreOptions): BlobStore {
  const findFile = async (fileId: string) => join(path, await getBlobName(fileId));

  return {
    async put(fileId, bytes) {
      const file = await findFile(fileId);
      const temporary = `${file}.tmp`;
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFlushed(temporary, bytes);
        await rename(temporary, file);
        await flushFolder(dirname(file));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw isFullError(error) ? createDiskFullError(path, error) : createError(path, error);
      }
    },

    async get(fileId) {
      try {
        // Copied, because callers expect a plain array instead of a Buffer.
        return new Uint8Array(await readFile(await findFile(fileId)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw createError(path, error);
      }
    },

    async remove(fileId) {
      const file = await findFile(fileId);
      try {
        await rm(file, { force: true });
        await rm(`${file}.tmp`, { force: true });
      } catch (error) {
        throw createError(path, error);
      }
    },
  };
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows keeps the names of files without a flush, and cannot open folders. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function createError(path: string, error: unknown): StoreError {
  return createFailedError(`Cannot use the folder ${path} for the contents of files`, error);
}

function createDiskFullError(path: string, cause: unknown): StoreError {
  const message = `No space left on the disk of ${path}. Nothing was written. Free some space and try again.`;
  return new StoreError('full', message, { cause });
}
