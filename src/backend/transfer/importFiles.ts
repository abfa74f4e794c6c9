import type { Change, Collections } from '../stores/Store.js';
import { type ImportContext, isNew } from './ImportContext.js';
import { InputFault } from './TransferError.js';
import type { FolderFile, TransferFolder } from './TransferFolder.js';
import type { Fields } from './ThreadRecord.js';
import { toStoredFile } from './toStoredObjects.js';

/** Folder of the contents in an export. The name of each file is its id. */
export const CONTENTS_FOLDER = 'files/';

/** Finds the content of files. */
export interface ContentFinder {
  /** Returns the content, or undefined if there is none. @throws InputFault if several contents fit */
  find(file: Collections['files']): Promise<Uint8Array | undefined>;
}

/**
 * Finds contents in an export by id, and in a folder of originals by name and size.
 *
 * @param ids Ids of the files whose contents the export has.
 */
export async function createContentFinder(
  folder: TransferFolder,
  ids: ReadonlySet<string>,
  originals: TransferFolder | undefined,
): Promise<ContentFinder> {
  const byName = new Map<string, FolderFile[]>();
  for await (const file of originals?.list() ?? []) {
    if (file.fault !== undefined) continue;
    const key = getKey(file.path.slice(file.path.lastIndexOf('/') + 1), file.bytes);
    byName.set(key, [...(byName.get(key) ?? []), file]);
  }
  return {
    async find({ id, filename, bytes }) {
      if (ids.has(id)) return folder.read(`${CONTENTS_FOLDER}${id}`);
      const [first, ...others] = byName.get(getKey(filename, bytes)) ?? [];
      if (first === undefined || originals === undefined) return undefined;
      const content = await originals.read(first.path);
      for (const other of others) {
        if (!isSameContent(content, await originals.read(other.path)))
          throw new InputFault(
            `${first.path} and ${other.path} in ${originals.name} have the same name and size, and different contents.`,
            'Leave the right one in the folder, and import again.',
          );
      }
      return content;
    },
  };
}

/** Systems differ in how they write accents in names. */
function getKey(name: string, bytes: number): string {
  return `${bytes} ${name.normalize('NFC')}`;
}

function isSameContent(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Imports the metadata of a file, and its content if it is found. Adds a content that was missing before. @throws InputFault */
export async function importFile(
  context: ImportContext,
  raw: Fields,
  contents: ContentFinder,
): Promise<void> {
  const { report } = context;
  const file = toStoredFile(raw);
  const stored = await context.find('files', file.id);
  // The status of a stored file changes when it is read, so only what identifies it is compared.
  const isPresent =
    stored === true ||
    (stored !== undefined &&
      !(await isNew(context, 'files', { ...stored, ...pickIdentity(file) })));
  const changes: Change[] = isPresent ? [] : [{ type: 'put', collection: 'files', object: file }];
  const hasContent = isPresent && (await context.store.getContent(file.id)) !== undefined;
  const content = hasContent ? undefined : await contents.find(file);
  if (content !== undefined) changes.push({ type: 'putContent', fileId: file.id, bytes: content });
  if (changes.length > 0) await context.write(changes);
  report.counts.files[isPresent ? 'present' : 'added'] += 1;
  if (hasContent) report.counts.contents.present += 1;
  else if (content !== undefined) report.counts.contents.added += 1;
  else {
    report.counts.contents.skipped += 1;
    report.missingContents.push({ id: file.id, filename: file.filename, bytes: file.bytes });
  }
}

function pickIdentity({ id, bytes, created_at, filename, purpose }: Collections['files']) {
  return { id, bytes, created_at, filename, purpose };
}
