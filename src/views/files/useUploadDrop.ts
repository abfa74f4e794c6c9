'use client';
import { useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { useDropZone } from '../../components/file/useDropZone.js';

/**
 * Returns handlers for an element that uploads dropped files, with those in dropped folders, and the reason why the last
 * ones could not be read.
 *
 * @param add Uploads files. Undefined if nothing can be dropped.
 */
export function useUploadDrop(add: ((files: File[]) => void) | undefined) {
  const [dropError, setDropError] = useState<AssistantsError>();
  const dismissDropError = (): void => setDropError(undefined);
  const upload = (files: Promise<File[]>): void => {
    dismissDropError();
    files.then(add, (reason: unknown) => setDropError(toAssistantsError(reason)));
  };
  const { isDropping, ...dropHandlers } = useDropZone(add && upload);
  return { isDropping, dropHandlers, dropError, dismissDropError };
}
