import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { createByteBuffer } from '../../common/createByteBuffer.js';
import { MEBIBYTE } from '../../common/mebibyte.js';
import { createYielder } from '../../common/yieldToEventLoop.js';
import { memoryFolder, type TransferFolder } from './TransferFolder.js';
import { TransferError } from './TransferError.js';

/** Options for `zipFolder`. */
export interface ZipFolderOptions {
  /** Name for messages. @default 'The zip file' */
  name?: string;
  /** Largest sum of the unpacked files in bytes. They are kept in memory. @default 512 MiB */
  maxBytes?: number;
  /** Largest number of files. @default 100_000 */
  maxFiles?: number;
}

/** Packed bytes that are read at once. Deflate unpacks them to a thousand times as many at most. */
const CHUNK_BYTES = 64 * 1024;
/** Record at the end of a zip file, which may be followed by a comment. */
const END_SIGNATURE = [0x50, 0x4b, 5, 6];
const END_BYTES = 22;
const MAX_END_BYTES = END_BYTES + 0xffff;
/** Zip files with more files have their number elsewhere. */
const UNKNOWN_COUNT = 0xffff;
/** Paths of files that systems hide, and of folders. */
const HIDDEN_OR_FOLDER = /(?:^|\/)(?:__MACOSX|\.[^/]*)(?:\/|$)|\/$/;

/**
 * Unpacks a zip file to a folder that `importFolder` reads. A folder that contains all others is left out of the paths, because
 * most programs add one. Sizes that the zip file declares are not trusted: unpacking stops at the limits.
 *
 * @throws TransferError if the file is not a zip file, is damaged, encrypted or incomplete, or unpacks to more than the limits
 * @example
 * ```ts
 * import { importFolder, memoryStore, zipFolder } from 'assistants-react/backend';
 *
 * export async function importZip(file: File) {
 *   const folder = await zipFolder(new Uint8Array(await file.arrayBuffer()), { name: file.name });
 *   return importFolder({ folder, store: memoryStore() });
 * }
 * ```
 */
export async function zipFolder(
  bytes: Uint8Array,
  { name = 'The zip file', maxBytes = 512 * MEBIBYTE, maxFiles = 100_000 }: ZipFolderOptions = {},
): Promise<TransferFolder> {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b))
    throw new TransferError(`${name} is not a zip file.`);
  const expectedCount = readEntryCount(bytes);
  if (expectedCount === undefined)
    throw new TransferError(`${name} is incomplete. Download or pack it again.`);
  try {
    const { files, entryCount } = await unpack(bytes, { name, maxBytes, maxFiles });
    if (entryCount !== expectedCount && expectedCount !== UNKNOWN_COUNT)
      throw new Error(`It has ${entryCount} of ${expectedCount} files.`);
    return memoryFolder(removeRoot(files), name);
  } catch (error) {
    if (error instanceof TransferError) throw error;
    throw new TransferError(`${name} is damaged or encrypted. Pack the export again.`, {
      cause: error,
    });
  }
}

/** Unpacks the files, apart from those that systems hide. Counts all entries. @throws Error */
async function unpack(
  bytes: Uint8Array,
  { name, maxBytes, maxFiles }: Required<ZipFolderOptions>,
): Promise<{ files: ReadonlyMap<string, Uint8Array>; entryCount: number }> {
  const files = new Map<string, Uint8Array>();
  const open = new Set<string>();
  let entryCount = 0;
  let totalBytes = 0;

  function addBytes(count: number): void {
    totalBytes += count;
    if (totalBytes <= maxBytes) return;
    const limit = `${Math.round(maxBytes / MEBIBYTE)} MiB`;
    throw new TransferError(`${name} unpacks to more than ${limit}. Import it in parts.`);
  }

  function readFile(file: UnzipFile): void {
    entryCount += 1;
    if (HIDDEN_OR_FOLDER.test(file.name)) return;
    if (files.size + open.size >= maxFiles)
      throw new TransferError(`${name} has more than ${maxFiles} files. Import it in parts.`);
    if (files.has(file.name) || open.has(file.name))
      throw new TransferError(`${name} has two files with the path ${file.name}.`);
    const content = createByteBuffer();
    open.add(file.name);
    file.ondata = (error, data, isLast) => {
      if (error) throw error;
      addBytes(data.length);
      content.add(data);
      if (!isLast) return;
      open.delete(file.name);
      files.set(file.name, content.take());
    };
    file.start();
  }

  const unzip = new Unzip(readFile);
  unzip.register(UnzipInflate);
  const yieldIfNeeded = createYielder();
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const end = Math.min(start + CHUNK_BYTES, bytes.length);
    unzip.push(bytes.subarray(start, end), end === bytes.length);
    await yieldIfNeeded();
  }
  if (open.size > 0) throw new Error('The last file is incomplete.');
  return { files, entryCount };
}

/** Returns the number of files that the end of a zip file declares. Undefined if it has no end. */
function readEntryCount(bytes: Uint8Array): number | undefined {
  const start = Math.max(0, bytes.length - MAX_END_BYTES);
  for (let index = bytes.length - END_BYTES; index >= start; index -= 1) {
    if (END_SIGNATURE.every((byte, offset) => bytes[index + offset] === byte))
      return (bytes[index + 10] ?? 0) + (bytes[index + 11] ?? 0) * 256;
  }
  return undefined;
}

/** Removes the folder that contains all files from their paths. */
function removeRoot(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const roots = new Set([...files.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)));
  const [root] = roots;
  // Folders that an export has itself.
  if (roots.size !== 1 || !root || /^(?:threads|files)\/$/.test(root)) return files;
  return new Map([...files].map(([path, content]) => [path.slice(root.length), content]));
}
