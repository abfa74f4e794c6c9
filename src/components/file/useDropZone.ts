import { useState, type DragEvent } from 'react';
import { listDroppedFiles } from './listDroppedFiles.js';

/**
 * Returns handlers for an element that takes dropped files, with those in dropped folders.
 *
 * @param onFiles Without it, nothing can be dropped. The promise rejects if a file or a folder cannot be read.
 */
export function useDropZone(onFiles: ((files: Promise<File[]>) => void) | undefined) {
  const [isDropping, setIsDropping] = useState(false);
  const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
    onFiles !== undefined && dataTransfer.types.includes('Files');
  return {
    isDropping,
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsDropping(true);
    },
    onDragLeave({ currentTarget, relatedTarget }: DragEvent) {
      // The browser reports it for every child that the pointer leaves.
      if (!currentTarget.contains(relatedTarget as Node | null)) setIsDropping(false);
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsDropping(false);
      onFiles?.(listDroppedFiles(event.dataTransfer));
    },
  };
}
