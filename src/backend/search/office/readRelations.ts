import { readXml } from './readXml.js';

/**
 * Reads the relations of a part, by their ids.
 *
 * @param xml Part with the relations. Undefined for none.
 * @param folder Folder of the part that they belong to, such as `xl/`.
 * @returns the names of the parts that they point to
 */
export async function readRelations(
  xml: string | undefined,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await readXml(xml ?? '', {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') return;
      const target = resolvePath(attributes.get('Target') ?? '', folder);
      if (target !== undefined) targets.set(attributes.get('Id') ?? '', target);
    },
  });
  return targets;
}

/** Returns the name of a part for its path, which is absolute or relative to a folder. */
function resolvePath(path: string, folder: string): string | undefined {
  try {
    return decodeURIComponent(new URL(path, `file:///${folder}`).pathname.slice(1));
  } catch {
    return undefined;
  }
}
