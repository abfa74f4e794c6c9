import { unzipSync, type UnzipFileInfo } from 'fflate';
import { decodeText } from '../decodeText.js';

/** Parts of an Office file, which is a zip file. */
export interface OfficeParts {
  /** Names of all parts. */
  names: readonly string[];
  /**
   * Returns the texts of parts, by their names. Parts that do not exist, or are no text, are missing.
   *
   * @throws OfficeSizeError
   */
  read(names: readonly string[]): ReadonlyMap<string, string>;
}

/** Far more than the largest files of Office programs have. The list of parts is searched for each slide and sheet. */
const MAX_PARTS = 50_000;

/** Error of a file that expands to more than the limit. */
export class OfficeSizeError extends Error {
  override readonly name = 'OfficeSizeError';
}

/**
 * Opens the parts of a zip file. The limit counts the memory that the parts that are read take by the sizes that the
 * file declares, even if they are wrong.
 *
 * @throws Error if the file is damaged
 */
export function openParts(bytes: Uint8Array, maxBytes: number): OfficeParts {
  const names: string[] = [];
  unzip(bytes, ({ name }) => {
    // Counted here, because a file can declare billions of parts that it does not have.
    if (names.length === MAX_PARTS) throw new Error('The file has too many parts.');
    names.push(name);
    return false;
  });
  let totalBytes = 0;

  return {
    names,
    read(wanted) {
      const missing = new Set(wanted);
      const parts = unzip(bytes, (part) => {
        // A name may be repeated. Each part is read once.
        if (!missing.delete(part.name)) return false;
        totalBytes += getMemory(part);
        if (totalBytes > maxBytes) throw new OfficeSizeError();
        return true;
      });
      const texts = new Map<string, string>();
      for (const [name, content] of parts) {
        const text = decodeText(content);
        if (text !== undefined) texts.set(name, text);
      }
      return texts;
    },
  };
}

/** Returns the memory that a part takes in bytes. A part that is not compressed is copied, and its other size does not count. */
function getMemory({ compression, size, originalSize }: UnzipFileInfo): number {
  return compression === 0 ? size : originalSize;
}

function unzip(
  bytes: Uint8Array,
  filter: (file: UnzipFileInfo) => boolean,
): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes, { filter })));
}
