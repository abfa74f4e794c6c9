'use client';
import { useEffect, useRef, type ReactElement } from 'react';
import { Button } from '../../components/Button.js';
import { useAssistantForm } from '../../components/assistant/form/AssistantFormContext.js';
import { FieldConflict } from '../../components/assistant/fields/FieldConflict.js';
import type { BuiltInType } from '../../components/assistant/draft/toolDrafts.js';
import { FileChip } from '../../components/file/FileChip.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { formatList } from '../../components/i18n/lazyFormats.js';
import { useFormat } from '../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { truncate, truncateFileName } from '../../components/truncate.js';
import { useRowFocus } from '../../components/useRowFocus.js';
import { useAssistants } from '../../hooks/operations/assistants.js';
import { useFile } from '../../hooks/operations/files.js';
import { useVectorStoreFiles } from '../../hooks/operations/vectorStoreFiles.js';
import { useAttachments } from '../../hooks/useAttachments.js';
import { FileUploads } from '../files/FileUploads.js';
import { useUploadDrop } from '../files/useUploadDrop.js';
import { getStoreId } from './useSearchedFiles.js';

/** Longer names of other assistants are cut. */
const MAX_NAME_LENGTH = 80;

/** Props of `AssistantFiles`. */
export type AssistantFilesProps = Omit<PartProps<'div'>, 'children'>;

/**
 * Files of an assistant in an `AssistantForm`: uploads files with their progress, also those that
 * are dropped on a list, and attaches and detaches them when the form is saved. With version 2 of
 * the API it has one list for the code interpreter and one for the file search, if they are switched
 * on. Files that leave the vector store are marked until then, so that the user can keep them, and
 * other assistants with the same vector store are named.
 *
 * Element: div. Context: `AssistantForm`, `AssistantsProvider`. Source: uploadFile, getFile,
 * listVectorStoreFiles, listAssistants.
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
  const storeId = getStoreId(assistant);
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

/**
 * Returns the lists of files that the assistant has: those of its tools, and those that are not
 * empty.
 */
function useFileLists(): ('all' | 'code' | 'search')[] {
  const { apiVersion, draft } = useAssistantForm('AssistantFiles');
  if (apiVersion === 'v1') return ['all'];
  const isOn = (type: BuiltInType): boolean =>
    draft.tools.some((tool) => tool.kind === 'built-in' && tool.type === type);
  const { attached, searched, removed } = draft.files;
  const lists: ReturnType<typeof useFileLists> = [];
  if (isOn('code_interpreter') || attached.length > 0) lists.push('code');
  if (isOn('file_search') || searched.length > 0 || removed.length > 0) lists.push('search');
  return lists;
}

interface FileGroupProps {
  name: 'attached' | 'searched';
  legend: string;
  /** Vector store whose files are shown before those that are added. */
  storeId?: string | undefined;
}

function FileGroup({ name, legend, storeId }: FileGroupProps): ReactElement {
  const { draft, errors, change } = useAssistantForm('AssistantFiles');
  const uploads = useFileUploads(name);
  const { isDropping, dropHandlers, dropError, dismissDropError } = useUploadDrop(uploads.add);
  const error = name === 'attached' ? errors['files'] : undefined;
  const remove = (fileId: string): void =>
    change('files', (files) => ({ ...files, [name]: files[name].filter((id) => id !== fileId) }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the button in it does the same as a drop
    <fieldset
      {...asPart('plain-group')}
      data-dropping={isDropping ? '' : undefined}
      {...dropHandlers}
    >
      <legend>{legend}</legend>
      <ul {...asPart('assistant-file-list')}>
        {storeId !== undefined && <StoreFiles storeId={storeId} />}
        {draft.files[name].map((fileId) => (
          <li key={fileId}>
            <NamedFile fileId={fileId} onRemove={() => remove(fileId)} />
          </li>
        ))}
      </ul>
      {storeId !== undefined && <SharedFiles storeId={storeId} />}
      {error !== undefined && <p {...asPart('field-error')}>{error}</p>}
      {dropError && <ErrorNotice error={dropError} onDismiss={dismissDropError} />}
      <FileUploads uploads={uploads} accept={undefined} />
    </fieldset>
  );
}

/**
 * Uploads files, moves each to the draft once it is uploaded, and holds the form back until then.
 */
function useFileUploads(name: FileGroupProps['name']): ReturnType<typeof useAttachments> {
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

/**
 * Files that are in the vector store already, except those that the form adds: an attempt to save
 * has put them there.
 */
function StoreFiles({ storeId }: { storeId: string }): ReactElement {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useVectorStoreFiles({
    vectorStoreId: storeId,
  });
  const { draft, change } = useAssistantForm('AssistantFiles');
  const { searched, removed } = draft.files;
  const setRemoved = (getRemoved: (ids: readonly string[]) => string[]): void =>
    change('files', (files) => ({ ...files, removed: getRemoved(files.removed) }));
  const stored = data?.filter(({ id }) => !searched.includes(id));
  return (
    <>
      {stored?.map(({ id }) => (
        <StoreFile
          key={id}
          fileId={id}
          isRemoved={removed.includes(id)}
          onRemove={() => setRemoved((ids) => [...ids, id])}
          onUndo={() => setRemoved((ids) => ids.filter((other) => other !== id))}
        />
      ))}
      {hasNextPage && (
        <li>
          <LoadMore hasMore isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
        </li>
      )}
    </>
  );
}

/** Names the loaded assistants that have the same vector store, such as the original of a copy. */
function SharedFiles({ storeId }: { storeId: string }): ReactElement | null {
  const { assistant: texts } = useCompleteTexts();
  const format = useFormat();
  const { assistant } = useAssistantForm('AssistantFiles');
  const { data } = useAssistants();
  const others = data?.filter(
    ({ id, ...other }) => id !== assistant?.id && getStoreId(other) === storeId,
  );
  if (!others?.length) return null;
  const names = others.map(({ name }) => truncate(name?.trim() || texts.unnamed, MAX_NAME_LENGTH));
  return (
    <p {...asPart('hint')} dir="auto">
      {texts.sharedFiles(formatList(format, names))}
    </p>
  );
}

interface StoreFileProps {
  fileId: string;
  /** True if the file leaves the vector store when the form is saved. */
  isRemoved: boolean;
  onRemove: () => void;
  onUndo: () => void;
}

/**
 * File of the vector store, which the user can remove and keep until the form is saved. Element:
 * li.
 */
function StoreFile({ fileId, isRemoved, onRemove, onUndo }: StoreFileProps): ReactElement {
  const { assistant: texts, threads } = useCompleteTexts();
  const { data } = useFile({ fileId });
  const { row, undo } = useRowFocus<HTMLLIElement>(isRemoved ? 'deleted' : 'title', {
    list: '[data-part="assistant-file-list"]',
    target: 'button',
  });
  const name = truncateFileName(data?.filename ?? fileId);
  return (
    <li ref={row} {...asPart('assistant-file')} data-removed={isRemoved ? '' : undefined}>
      {isRemoved ? (
        <>
          <bdi {...asPart('file-chip-name')} title={name}>
            {name}
          </bdi>
          <output>{texts.fileRemoved}</output>
          <Button ref={undo} variant="quiet" aria-label={threads.undo(name)} onClick={onUndo}>
            {threads.undoShort}
          </Button>
        </>
      ) : (
        <NamedFile fileId={fileId} onRemove={onRemove} />
      )}
    </li>
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
