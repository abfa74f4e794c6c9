import { isId } from '../../protocol/isId.js';
import type { ImportContext } from './ImportContext.js';
import { CONTENTS_FOLDER } from './importFiles.js';
import { parseJsonFile } from './parseJsonFile.js';
import { createRecordBuilder, getCreatedAt, type InputPart, readParts } from './readRecords.js';
import { InputFault, TransferError } from './TransferError.js';
import type { FolderFile, TransferFolder } from './TransferFolder.js';
import type { Fields, ThreadRecord } from './ThreadRecord.js';

/** Largest JSON file. It is parsed as a whole, and the texts of JavaScript engines end at half a gigabyte. */
const MAX_JSON_BYTES = 256 * 1024 * 1024;
/** Largest sum of the lists of the API. They are sorted by thread in memory, unlike the files of threads. */
const MAX_LIST_BYTES = 512 * 1024 * 1024;

/** Files that macOS adds to folders and zip files. They have the names of others, and attributes in place of their contents. */
const ATTRIBUTES_OF_MACOS = /(?:^|[\\/])(?:__MACOSX[\\/]|\._[^\\/]*$)/;

/** Thread of a folder. */
export interface ThreadEntry {
  threadId: string;
  createdAt: number;
  /** Size of its file; 0 for a thread of lists, which is in memory. */
  bytes: number;
  /** Reads the thread again. */
  load(): Promise<ThreadRecord>;
}

/** Contents of a folder. Threads are read when they are imported, so memory does not grow with the folder. */
export interface FolderContents {
  assistants: Fields[];
  vectorStores: Fields[];
  /** Files of vector stores. */
  vectorStoreFiles: Fields[];
  /** Metadata of files, oldest first. */
  files: Fields[];
  /** Ids of the files whose contents are in the folder. */
  contentIds: Set<string>;
  /** Oldest first. */
  threads: ThreadEntry[];
}

/** Receives the progress in bytes. */
export type OnBytes = (file: FolderFile) => void;

/**
 * Reads all files of a folder once, and sorts out what they have. Files that cannot be used become problems of the report.
 *
 * @throws TransferError if the folder has nothing to import
 */
export async function scanFolder(
  folder: TransferFolder,
  context: ImportContext,
  onBytes: OnBytes,
): Promise<FolderContents> {
  const scan = createScan(folder);
  let hasJson = false;
  for await (const file of folder.list()) {
    if (file.fault !== undefined) {
      context.skip(undefined, file.path, new InputFault(file.fault));
      continue;
    }
    const contentId = file.path.startsWith(CONTENTS_FOLDER)
      ? file.path.slice(CONTENTS_FOLDER.length)
      : undefined;
    if (isId(contentId)) scan.contents.contentIds.add(contentId);
    if (!/\.(?:json|jsonl|ndjson)$/i.test(file.path) || ATTRIBUTES_OF_MACOS.test(file.path))
      continue;
    hasJson = true;
    try {
      await scan.readFile(file);
    } catch (error) {
      context.skip(undefined, file.path, error);
    }
    onBytes(file);
  }
  const contents = scan.finish(context);
  const { assistants, files, threads } = contents;
  if (assistants.length + files.length + threads.length + context.report.problems.length > 0)
    return contents;
  throw new TransferError(
    hasJson
      ? `${folder.name} is an empty export: it has no assistants and no threads.`
      : `${folder.name} is not an export: it has no manifest.json, no threads/*.json and no lists of the API as JSON or JSONL.`,
  );
}

function createScan(folder: TransferFolder) {
  const contents: FolderContents = {
    assistants: [],
    vectorStores: [],
    vectorStoreFiles: [],
    files: [],
    contentIds: new Set(),
    threads: [],
  };
  const builder = createRecordBuilder();
  const fileIds = new Set<unknown>();
  const threads = createThreadList();
  let listBytes = 0;

  function addFile(file: Fields): void {
    if (!fileIds.has(file['id'])) contents.files.push(file);
    fileIds.add(file['id']);
  }

  /** Returns false for an object that belongs nowhere. */
  function addObject(object: Fields): boolean {
    switch (object['object']) {
      case 'assistant':
        contents.assistants.push(object);
        return true;
      case 'vector_store':
        contents.vectorStores.push(object);
        return true;
      case 'vector_store.file':
        contents.vectorStoreFiles.push(object);
        return true;
      case 'file':
        addFile(object);
        return true;
      default:
        return builder.add(object);
    }
  }

  async function readFile(file: FolderFile): Promise<void> {
    const parts = await readFileParts(folder, file);
    const objects = parts.filter((part) => part.type === 'object');
    if (objects.length > 0) listBytes += file.bytes;
    if (listBytes > MAX_LIST_BYTES)
      throw createTooLarge(listBytes, MAX_LIST_BYTES, 'The lists have');
    const rejected = objects.filter(({ object }) => !addObject(object)).length;
    for (const [index, part] of parts.entries()) {
      if (part.type !== 'thread') continue;
      for (const one of part.record.files) addFile(one);
      threads.add(createEntry(folder, file, part.record, index), file.path);
    }
    if (rejected > 0)
      throw new InputFault(`${rejected} objects name no thread. They were left out.`);
  }

  function finish(context: ImportContext): FolderContents {
    for (const record of builder.build()) {
      const { threadId, path } = record;
      const createdAt = getCreatedAt(record.thread ?? {});
      try {
        threads.add({ threadId, createdAt, bytes: 0, load: async () => record }, path);
      } catch (error) {
        context.skip('threads', path, error);
      }
    }
    return {
      ...contents,
      assistants: toOldestFirst(contents.assistants),
      files: contents.files.toSorted((a, b) => getCreatedAt(a) - getCreatedAt(b)),
      threads: threads.entries.toSorted((a, b) => a.createdAt - b.createdAt),
    };
  }

  return { contents, readFile, finish };
}

function createThreadList() {
  const entries: ThreadEntry[] = [];
  /** Paths of threads, by id. */
  const paths = new Map<string, string>();
  return {
    entries,
    /** @throws InputFault if another file has the thread */
    add(entry: ThreadEntry, path: string): void {
      const known = paths.get(entry.threadId);
      if (known !== undefined) {
        throw new InputFault(
          `The thread ${entry.threadId} is in ${known} already.`,
          'Remove one of the two files.',
        );
      }
      paths.set(entry.threadId, path);
      entries.push(entry);
    },
  };
}

function createEntry(
  folder: TransferFolder,
  file: FolderFile,
  { threadId, thread }: ThreadRecord,
  index: number,
): ThreadEntry {
  return {
    threadId,
    createdAt: getCreatedAt(thread ?? {}),
    bytes: index === 0 ? file.bytes : 0,
    async load() {
      const part = (await readFileParts(folder, file))[index];
      if (part?.type === 'thread') return part.record;
      throw new InputFault('The file has changed during the import.', 'Import again.');
    },
  };
}

async function readFileParts(
  folder: TransferFolder,
  { path, bytes }: FolderFile,
): Promise<InputPart[]> {
  if (bytes > MAX_JSON_BYTES) throw createTooLarge(bytes, MAX_JSON_BYTES, 'The file has');
  return readParts(parseJsonFile(await folder.read(path), path), path);
}

function createTooLarge(bytes: number, maxBytes: number, subject: string): InputFault {
  const format = (count: number) => `${Math.ceil(count / (1024 * 1024))} MiB`;
  return new InputFault(
    `${subject} ${format(bytes)}. The limit is ${format(maxBytes)}.`,
    'Split it into smaller files, such as one for each thread.',
  );
}

/** Lists of the API are newest first by default. Assistants of one second keep the order that the list has. */
function toOldestFirst(objects: readonly Fields[]): Fields[] {
  const isDescending = getCreatedAt(objects[0] ?? {}) > getCreatedAt(objects.at(-1) ?? {});
  const ordered = isDescending ? objects.toReversed() : objects;
  return ordered.toSorted((a, b) => getCreatedAt(a) - getCreatedAt(b));
}
