/**
 * Looks up a file by its id. Returns its name and its size in bytes, and for an image the URL to show it from:
 * same-origin or `blob:`. Messages contain only the ids of their files.
 */
export type FileResolver = (
  fileId: string,
) => { name?: string | undefined; size?: number | undefined; url?: string | undefined } | undefined;
