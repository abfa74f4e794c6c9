'use client';
import { useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { useDeleteFile, useFiles } from '../../hooks/operations/files.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useAttachments } from '../../hooks/useAttachments.js';
import type { FileObject } from '../../protocol/types.js';
import { useDeferredDeletion } from '../deletion/useDeferredDeletion.js';
import { saveFile } from '../saveFile.js';
import { FileUploads } from './FileUploads.js';
import { StoredFile } from './StoredFile.js';
import { useUploadDrop } from './useUploadDrop.js';

/** State of `FileManager`. */
export interface FileManagerState {
  /** True while the user drags files over it. */
  dropping: boolean;
}

/** Props of `FileManager`. */
export interface FileManagerProps extends Omit<PartProps<'section', FileManagerState>, 'children'> {
  /** Lists files with this purpose only, such as 'assistants'. @default all files */
  purpose?: string | undefined;
  /** Lets the user upload files: with a button and by dropping them or their folders. @default true */
  allowUpload?: boolean | undefined;
  /** Lets the user delete files. A deletion can be undone for ten seconds. @default true */
  allowDelete?: boolean | undefined;
  /** Types of files that the picker offers, as `accept` of a file input. @default all */
  accept?: string | undefined;
}

/**
 * List of the stored files, newest first: uploads files, and shows, downloads and deletes them. Uploads that are not
 * complete when it unmounts are cancelled. Element: section. `data-dropping`. Context: `AssistantsProvider`.
 * Source: listFiles, uploadFile, getFileContent, deleteFile.
 */
export function FileManager({
  purpose,
  allowUpload = true,
  allowDelete = true,
  accept,
  ...props
}: FileManagerProps): ReactElement | null {
  const texts = useCompleteTexts().file;
  const uploads = useAttachments();
  const { isDropping, dropHandlers, dropError, dismissDropError } = useUploadDrop(
    allowUpload ? uploads.add : undefined,
  );
  const children = (
    <>
      {allowUpload && <FileUploads uploads={uploads} accept={accept} />}
      {dropError && <ErrorNotice error={dropError} onDismiss={dismissDropError} />}
      <StoredFiles purpose={purpose} allowDelete={allowDelete} />
    </>
  );
  return createPart(
    {
      tag: 'section',
      name: 'file-manager',
      state: { dropping: isDropping },
      defaultProps: { children, 'aria-label': texts.list, ...dropHandlers },
    },
    props,
  );
}

function StoredFiles({
  purpose,
  allowDelete,
}: Required<Pick<FileManagerProps, 'allowDelete'>> & Pick<FileManagerProps, 'purpose'>) {
  const texts = useCompleteTexts().file;
  const list = useFiles(purpose === undefined ? {} : { query: { purpose } });
  const { mutateAsync: deleteFile } = useDeleteFile();
  const deletion = useDeferredDeletion('files', { deleteNow: (fileId) => deleteFile({ fileId }) });
  const download = useDownload();
  const files = list.data?.filter(({ id }) => deletion.deletions.get(id) !== 'deleting');
  return (
    <>
      {list.isLoading && <Loading />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {deletion.error && <ErrorNotice error={deletion.error} onDismiss={deletion.dismissError} />}
      {download.error && <ErrorNotice error={download.error} onDismiss={download.dismissError} />}
      {files?.length === 0 && <p {...asPart('muted')}>{texts.none}</p>}
      {files !== undefined && files.length > 0 && (
        <ul {...asPart('file-rows')}>
          {files.map((file) => (
            <ContentBoundary key={file.id} name="file" tag="li" resetKey={file}>
              <StoredFile
                file={file}
                isDeleted={deletion.deletions.has(file.id)}
                onDownload={() => download.start(file)}
                onDelete={allowDelete ? () => deletion.deleteLater(file.id) : undefined}
                onUndo={() => deletion.undo(file.id)}
              />
            </ContentBoundary>
          ))}
        </ul>
      )}
      <LoadMore
        hasMore={list.hasNextPage}
        isLoading={list.isFetchingNextPage}
        onLoad={() => void list.fetchNextPage()}
      />
    </>
  );
}

/** Downloads files, and keeps the reason why the last download failed. */
function useDownload() {
  const client = useAssistantsClient();
  const [error, setError] = useState<AssistantsError>();
  return {
    error,
    dismissError: () => setError(undefined),
    start({ id: fileId, filename }: FileObject): void {
      setError(undefined);
      client.getFileContent({ fileId }).then(
        (content) => saveFile(content, filename),
        (reason: unknown) => setError(toAssistantsError(reason)),
      );
    },
  };
}
