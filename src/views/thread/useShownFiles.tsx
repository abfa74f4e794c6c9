'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/errors.js';
import { MessageImage } from '../../components/message/MessageImage.js';
import type { FileResolver, PartRenderers } from '../../components/message/renderPart.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useFileContent } from '../../hooks/files.js';
import type { Message } from '../../protocol/types.js';
import { fileNamesOptions } from '../../queries/files.js';

/** What a message needs of its files: their names, their images, and a way to save them. Source: getFile, getFileContent. */
export function useShownFiles(message: Message): {
  resolveFile: FileResolver;
  onDownload: (fileId: string) => void;
  renderers: PartRenderers;
  /** Why the last file could not be saved. */
  error: AssistantsError | undefined;
  dismiss: () => void;
} {
  const client = useAssistantsClient();
  const [error, setError] = useState<AssistantsError>();
  const ids = fileIdsOf(message);
  const options = { ...fileNamesOptions(client, ids), enabled: ids.length > 0, placeholderData: keepPreviousData<Record<string, string>> };
  const { data: names = NO_NAMES } = useQuery(options);
  const resolveFile = useCallback((fileId: string) => ({ name: Object.hasOwn(names, fileId) ? names[fileId] : undefined }), [names]);
  const onDownload = (fileId: string) => {
    setError(undefined);
    client.getFileContent({ fileId }).then(
      (content) => save(content, resolveFile(fileId).name ?? fileId),
      (reason: unknown) => setError(toAssistantsError(reason)),
    );
  };
  return { resolveFile, onDownload, renderers: RENDERERS, error, dismiss: () => setError(undefined) };
}

const NO_NAMES: Readonly<Record<string, string>> = {};

const RENDERERS: PartRenderers = {
  image_file: (part) => part.type === 'image_file' && <ImageFile fileId={part.image_file.file_id} />,
};

function ImageFile({ fileId }: { fileId: string }): ReactElement {
  const { url } = useFileContent({ fileId });
  return <MessageImage fileId={fileId} resolveFile={() => (url === undefined ? undefined : { url })} />;
}

/** The files that a message attaches, cites or offers. */
function fileIdsOf({ attachments, file_ids, content }: Message): string[] {
  const ids = [...(file_ids ?? []), ...(attachments ?? []).map(({ file_id }) => file_id)];
  for (const part of content) {
    if (part.type !== 'text') continue;
    for (const annotation of part.text.annotations) {
      if (annotation.type === 'file_citation') ids.push(annotation.file_citation.file_id);
      if (annotation.type === 'file_path') ids.push(annotation.file_path.file_id);
    }
  }
  return [...new Set(ids)];
}

/** Saves bytes under a name; the last part of it only, whatever path a server put before. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.split(/[\\/]/).at(-1) ?? 'file';
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
