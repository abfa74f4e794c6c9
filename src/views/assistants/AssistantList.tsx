'use client';
import type { ReactElement, ReactNode } from 'react';
import { AssistantCard } from '../../components/assistant/AssistantCard.js';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../../components/part.js';
import { useAssistants } from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';

/** Props of `AssistantList`. */
export interface AssistantListProps extends Omit<PartProps<'div'>, 'children' | 'onSelect'> {
  /** Assistant that is marked as selected. */
  selectedId?: string | undefined;
  /** Called when the user selects an assistant. Without it, assistants cannot be selected. */
  onSelect?: (assistant: Assistant) => void;
  /** Renders buttons in the card of an assistant. */
  renderActions?: (assistant: Assistant) => ReactNode;
}

/** List of all assistants, newest first. Element: div. Context: `AssistantsProvider`. Source: listAssistants. */
export function AssistantList({
  selectedId,
  onSelect,
  renderActions,
  ...props
}: AssistantListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { data, isLoading, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useAssistants();
  const children = (
    <>
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p data-part="muted">{texts.assistant.none}</p>}
      {data?.map((assistant) => (
        <ContentBoundary key={assistant.id} name="assistant" resetKey={assistant}>
          {() => (
            <AssistantCard
              assistant={assistant}
              isSelected={assistant.id === selectedId}
              onSelect={onSelect && (() => onSelect(assistant))}
              actions={renderActions?.(assistant)}
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
