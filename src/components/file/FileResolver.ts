/**
 * Looks up a file by its id. Returns its name, and for an image the URL to show it from: same-origin or `blob:`. Messages
 * contain only the ids of their files.
 */
export type FileResolver = (
  fileId: string,
) => { name?: string | undefined; url?: string | undefined } | undefined;
