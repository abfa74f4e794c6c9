'use client';
import type { ReactElement, ReactNode } from 'react';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { useAssistants, useDeleteAssistant } from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';
import { useDeferredDeletion } from '../deletion/useDeferredDeletion.js';
import { AssistantRow } from './AssistantRow.js';
import { useDeletedSelection } from './useDeletedSelection.js';
import { useDuplicateAssistant } from './useDuplicateAssistant.js';

/** Props of `AssistantList`. */
export interface AssistantListProps extends Omit<PartProps<'div'>, 'children' | 'onSelect'> {
  /** Assistant that is marked as selected. */
  selectedId?: string | undefined;
  /**
   * Called when the user selects an assistant, or undoes the deletion of the selected one. Without it, assistants cannot be
   * selected.
   */
  onSelect?: (assistant: Assistant) => void;
  /** Renders buttons in the card of an assistant. */
  renderActions?: (assistant: Assistant) => ReactNode;
  /**
   * Adds a button to each card that deletes the assistant, and is called when the user presses it. The deletion can be undone
   * for ten seconds.
   */
  onDelete?: ((assistant: Assistant) => void) | undefined;
  /** Adds a button to each card that makes a copy of the assistant. Called with the copy once the server has stored it. */
  onDuplicate?: ((copy: Assistant) => void) | undefined;
}

/**
 * List of all assistants, newest first. Element: div. Context: `AssistantsProvider`. Source: listAssistants, deleteAssistant,
 * createAssistant.
 */
export function AssistantList({
  selectedId,
  onSelect,
  renderActions,
  onDelete,
  onDuplicate,
  ...props
}: AssistantListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { data, isLoading, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useAssistants();
  const { mutateAsync: deleteAssistant } = useDeleteAssistant();
  const deletion = useDeferredDeletion('assistants', {
    deleteNow: (assistantId) => deleteAssistant({ assistantId }),
  });
  const selection = useDeletedSelection(selectedId);
  const duplication = useDuplicateAssistant(onDuplicate);
  const assistants = data?.filter(({ id }) => deletion.deletions.get(id) !== 'deleting');
  const children = (
    <>
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {deletion.error && <ErrorNotice error={deletion.error} onDismiss={deletion.dismissError} />}
      {duplication.error && (
        <ErrorNotice error={duplication.error} onDismiss={duplication.dismissError} />
      )}
      {assistants?.length === 0 && <p {...asPart('muted')}>{texts.assistant.none}</p>}
      {assistants?.map((assistant) => (
        <ContentBoundary key={assistant.id} name="assistant" resetKey={assistant}>
          {() => (
            <AssistantRow
              assistant={assistant}
              isSelected={assistant.id === selectedId}
              onSelect={
                onSelect &&
                (() => {
                  selection.clear();
                  onSelect(assistant);
                })
              }
              actions={renderActions?.(assistant)}
              onDuplicate={onDuplicate && (() => duplication.start(assistant))}
              isDeleted={deletion.deletions.has(assistant.id)}
              onDelete={
                onDelete &&
                (() => {
                  selection.handleDelete(assistant.id);
                  deletion.deleteLater(assistant.id);
                  onDelete(assistant);
                })
              }
              onUndo={() => {
                deletion.undo(assistant.id);
                if (selection.isDeletedSelection(assistant.id)) onSelect?.(assistant);
              }}
            />
          )}
        </ContentBoundary>
      ))}
      <LoadMore
        hasMore={hasNextPage}
        isLoading={isFetchingNextPage}
        onLoad={() => void fetchNextPage()}
      />
    </>
  );
  return createPart({ tag: 'div', name: 'assistant-list', defaultProps: { children } }, props);
}
