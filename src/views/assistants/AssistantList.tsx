'use client';
import type { ReactElement, ReactNode } from 'react';
import { AssistantCard } from '../../components/assistant/AssistantCard.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useTexts } from '../../components/i18n/useTexts.js';
import { createPart, type PartProps } from '../../components/part.js';
import { useAssistants } from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';

/** Props of `AssistantList`. */
export interface AssistantListProps extends Omit<PartProps<'div'>, 'children' | 'onSelect'> {
  /** The assistant that is marked as chosen. */
  selectedId?: string | undefined;
  /** Receives the assistant that was chosen. Without it none can be. */
  onSelect?: (assistant: Assistant) => void;
  /** Buttons of each card. */
  renderActions?: (assistant: Assistant) => ReactNode;
}

/** The assistants of the server, newest first. Element: div. Source: listAssistants. */
export function AssistantList({
  selectedId,
  onSelect,
  renderActions,
  ...props
}: AssistantListProps): ReactElement | null {
  const texts = useTexts();
  const { data, isLoading, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useAssistants();
  const children = (
    <>
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p data-part="muted">{texts.assistant.none}</p>}
      {data?.map((assistant) => (
        <AssistantCard
          key={assistant.id}
          assistant={assistant}
          isSelected={assistant.id === selectedId}
          onSelect={onSelect && (() => onSelect(assistant))}
          actions={renderActions?.(assistant)}
        />
      ))}
      <LoadMore
        hasMore={hasNextPage}
        isLoading={isFetchingNextPage}
        onLoad={() => void fetchNextPage()}
      />
    </>
  );
  return createPart({ tag: 'div', name: 'assistant-list', own: { children } }, props);
}
