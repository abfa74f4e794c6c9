/** Browsers start a download in a later task. */
const REVOKE_DELAY_MS = 60_000;

/** Lets the browser save a file under the last segment of its name, because servers may send a path. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.split(/[\\/]/).at(-1) || 'file';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_DELAY_MS);
}
