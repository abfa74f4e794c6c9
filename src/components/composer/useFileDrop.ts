import { useEffect, useState, type ClipboardEvent, type DragEvent } from 'react';

/**
 * Returns handlers that attach dropped and pasted files. Files can be dropped anywhere on the thread around the form.
 *
 * @param onAttach Without it, files are neither attached nor kept from the browser.
 */
export function useFileDrop(
  form: HTMLFormElement | null,
  onAttach: ((files: File[]) => void) | undefined,
) {
  const [isDropping, setIsDropping] = useState(false);
  const attach = (event: Pick<Event, 'preventDefault'>, files: File[]): void => {
    if (onAttach === undefined || files.length === 0) return;
    event.preventDefault();
    onAttach(files);
  };
  const onDrop = (event: DroppedFiles): void => {
    setIsDropping(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    const folders = onAttach === undefined ? [] : getEntriesOfFolders(event.dataTransfer);
    if (folders.length === 0) return attach(event, files);
    event.preventDefault();
    // A folder that cannot be read is attached as it is, which says that its upload failed.
    void readFolders(folders).then(onAttach, () => onAttach?.(files));
  };
  const onDragOver = (event: DroppedFiles): void => {
    if (onAttach === undefined || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setIsDropping(true);
  };
  const onDragLeave = (event: Pick<DragEvent, 'currentTarget' | 'relatedTarget'>): void => {
    // The browser reports it for every child that the pointer leaves.
    const next = event.relatedTarget as Node | null;
    if (!(event.currentTarget as Node).contains(next)) setIsDropping(false);
  };

  useEffect(() => {
    const thread = form?.parentElement?.closest('[data-part="thread"]');
    if (!thread || onAttach === undefined) return undefined;
    const listening = new AbortController();
    const listen = (name: 'drop' | 'dragover' | 'dragleave', handler: (event: never) => void) =>
      thread.addEventListener(
        name,
        (event) => {
          // The form handles its own, and lets handlers of the app prevent it.
          const isOfForm = form?.contains(event.target as Node) && name !== 'dragleave';
          if (!isOfForm && !event.defaultPrevented) handler(event as never);
        },
        { signal: listening.signal },
      );
    listen('drop', onDrop);
    listen('dragover', onDragOver);
    listen('dragleave', onDragLeave);
    return () => listening.abort();
  });

  return {
    isDropping,
    onDrop: (event: DragEvent) => onDrop(event),
    onDragOver: (event: DragEvent) => onDragOver(event),
    onDragLeave(event: DragEvent) {
      const isInThread = event.currentTarget.parentElement?.closest('[data-part="thread"]');
      if (!isInThread) onDragLeave(event);
    },
    onPaste: (event: ClipboardEvent) => attach(event, getPastedFiles(event.clipboardData)),
  };
}

type DroppedFiles = Pick<Event, 'preventDefault'> & {
  readonly dataTransfer: DataTransfer | null;
};

/** Returns the entries of a drop that has a folder. The browser empties the drop after the event. */
function getEntriesOfFolders(drop: DataTransfer | null): FileSystemEntry[] {
  // Events that scripts create may have files only.
  const entries = [...(drop?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return entries.some((entry) => entry.isDirectory) ? entries : [];
}

async function readFolders(entries: readonly FileSystemEntry[]): Promise<File[]> {
  return (await import('./listFolderFiles.lazy.js')).listFolderFiles(entries);
}

/**
 * Returns the files to attach. Office programs add a picture of the copied text, which is pasted as text; file managers add the
 * names of the copied files.
 */
function getPastedFiles(clipboard: DataTransfer): File[] {
  const files = [...clipboard.files];
  if (files.length === 0) return files;
  // Events that scripts create may have files only.
  const text = 'getData' in clipboard ? clipboard.getData('text/plain').trim() : '';
  const isText = text !== '' && !files.some(({ name }) => text.includes(name));
  return isText ? [] : files;
}
