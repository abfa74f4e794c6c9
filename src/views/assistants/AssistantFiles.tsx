'use client';
import { useEffect, useRef, type ReactElement } from 'react';
import type { FilesDraft } from '../../components/assistant/draft/AssistantDraft.js';
import { useAssistantForm } from '../../components/assistant/form/AssistantFormContext.js';
import { FieldConflict } from '../../components/assistant/fields/FieldConflict.js';
import type { BuiltInType } from '../../components/assistant/draft/toolDrafts.js';
import { FileChip } from '../../components/file/FileChip.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { useFile } from '../../hooks/operations/files.js';
import { useVectorStoreFiles } from '../../hooks/operations/vectorStoreFiles.js';
import { useAttachments } from '../../hooks/useAttachments.js';
import { FileUploads } from '../files/FileUploads.js';

/** Props of `AssistantFiles`. */
export type AssistantFilesProps = Omit<PartProps<'div'>, 'children'>;

/**
 * Files of an assistant in an `AssistantForm`: uploads files with their progress, and attaches and detaches them when the form is
 * saved. With version 2 of the API it has one list for the code interpreter and one for the file search, if they are switched on.
 * Element: div. Context: `AssistantForm`, `AssistantsProvider`. Source: uploadFile, getFile, listVectorStoreFiles.
 */
export function AssistantFiles(props: AssistantFilesProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { assistant, conflicts } = useAssistantForm('AssistantFiles');
  const lists = useFileLists();
  if (lists.length === 0) return null;
  const legends = {
    all: texts.file.list,
    code: texts.assistant.codeFiles,
    search: texts.assistant.searchFiles,
  };
  const storeId = assistant?.tool_resources?.file_search?.vector_store_ids?.[0];
  const children = (
    <>
      {lists.map((list) => (
        <FileGroup
          key={list}
          name={list === 'search' ? 'searched' : 'attached'}
          legend={legends[list]}
          storeId={list === 'search' ? storeId : undefined}
        />
      ))}
      {conflicts.includes('files') && <FieldConflict name="files" />}
    </>
  );
  return createPart({ tag: 'div', name: 'assistant-files', defaultProps: { children } }, props);
}

/** Returns the lists of files that the assistant has: those of its tools, and those that are not empty. */
function useFileLists(): ('all' | 'code' | 'search')[] {
  const { apiVersion, draft } = useAssistantForm('AssistantFiles');
  if (apiVersion === 'v1') return ['all'];
  const isOn = (type: BuiltInType): boolean =>
    draft.tools.some((tool) => tool.kind === 'built-in' && tool.type === type);
  const { attached, searched } = draft.files;
  const lists: ReturnType<typeof useFileLists> = [];
  if (isOn('code_interpreter') || attached.length > 0) lists.push('code');
  if (isOn('file_search') || searched.length > 0) lists.push('search');
  return lists;
}

interface FileGroupProps {
  name: keyof FilesDraft;
  legend: string;
  /** Vector store whose files are shown before those that are added. */
  storeId?: string | undefined;
}

function FileGroup({ name, legend, storeId }: FileGroupProps): ReactElement {
  const { draft, errors, change } = useAssistantForm('AssistantFiles');
  const uploads = useFileUploads(name);
  const error = name === 'attached' ? errors['files'] : undefined;
  const remove = (fileId: string): void =>
    change('files', (files) => ({ ...files, [name]: files[name].filter((id) => id !== fileId) }));
  return (
    <fieldset {...asPart('plain-group')}>
      <legend>{legend}</legend>
      <ul {...asPart('assistant-file-list')}>
        {storeId !== undefined && <StoreFiles storeId={storeId} />}
        {draft.files[name].map((fileId) => (
          <li key={fileId}>
            <NamedFile fileId={fileId} onRemove={() => remove(fileId)} />
          </li>
        ))}
      </ul>
      {error !== undefined && <p {...asPart('field-error')}>{error}</p>}
      <FileUploads uploads={uploads} accept={undefined} />
    </fieldset>
  );
}

/** Uploads files, moves each to the draft once it is uploaded, and holds the form back until then. */
function useFileUploads(name: keyof FilesDraft): ReturnType<typeof useAttachments> {
  const { change, holdSubmit } = useAssistantForm('AssistantFiles');
  const uploads = useAttachments();
  const { items, isUploading } = uploads;
  const actions = useRef({ change, holdSubmit });
  const movedKeys = useRef(new Set<string>());
  useEffect(() => {
    actions.current = { change, holdSubmit };
  });
  useEffect(() => {
    // The user may have detached an earlier file meanwhile.
    const ids = items.flatMap(({ key, fileId }) =>
      fileId === undefined || movedKeys.current.has(key) ? [] : [fileId],
    );
    if (ids.length === 0) return;
    for (const { key, status } of items) if (status === 'ready') movedKeys.current.add(key);
    actions.current.change('files', (files) => ({
      ...files,
      [name]: [...new Set([...files[name], ...ids])],
    }));
  }, [items, name]);
  useEffect(() => (isUploading ? actions.current.holdSubmit() : undefined), [isUploading]);
  return uploads;
}

/** Files that are in the vector store already. */
function StoreFiles({ storeId }: { storeId: string }): ReactElement {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useVectorStoreFiles({
    vectorStoreId: storeId,
  });
  return (
    <>
      {data?.map(({ id }) => (
        <li key={id}>
          <NamedFile fileId={id} />
        </li>
      ))}
      {hasNextPage && (
        <li>
          <LoadMore hasMore isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
        </li>
      )}
    </>
  );
}

interface NamedFileProps {
  fileId: string;
  onRemove?: () => void;
}

/** File with its name, or with its id until that is known. */
function NamedFile({ fileId, onRemove }: NamedFileProps): ReactElement {
  const { data } = useFile({ fileId });
  return <FileChip name={data?.filename ?? fileId} size={data?.bytes} onRemove={onRemove} />;
}
