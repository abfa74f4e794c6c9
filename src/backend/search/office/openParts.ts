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
 * Opens the parts of a zip file. The limit counts the sizes that the file declares for the parts that are read: a part never
 * takes more memory than that, even if its size is wrong.
 *
 * @throws Error if the file is damaged
 */
export function openParts(bytes: Uint8Array, maxBytes: number): OfficeParts {
  const names: string[] = [];
  unzip(bytes, ({ name }) => {
    names.push(name);
    return false;
  });
  if (names.length > MAX_PARTS) throw new Error('The file has too many parts.');
  let totalBytes = 0;

  return {
    names,
    read(wanted) {
      const missing = new Set(wanted);
      const parts = unzip(bytes, ({ name, originalSize }) => {
        // A name may be repeated. Each part is read once.
        if (!missing.delete(name)) return false;
        totalBytes += originalSize;
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

function unzip(
  bytes: Uint8Array,
  filter: (file: UnzipFileInfo) => boolean,
): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes, { filter })));
}
