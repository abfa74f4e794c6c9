import { useState, type DragEvent } from 'react';
import { listDroppedFiles } from './listDroppedFiles.js';

/**
 * Returns handlers for an element that takes dropped files, with those in dropped folders.
 *
 * @param onFiles Without it, dropped files are ignored. The promise rejects if a file or a folder cannot be read.
 */
export function useDropZone(onFiles: ((files: Promise<File[]>) => void) | undefined) {
  const [isDropping, setIsDropping] = useState(false);
  return {
    isDropping,
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsDropping(onFiles !== undefined);
    },
    onDragLeave({ currentTarget, relatedTarget }: DragEvent) {
      // The browser reports it for every child that the pointer leaves.
      if (!currentTarget.contains(relatedTarget as Node | null)) setIsDropping(false);
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return;
      // The browser would leave the page for the file.
      event.preventDefault();
      setIsDropping(false);
      onFiles?.(listDroppedFiles(event.dataTransfer));
    },
  };
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}
