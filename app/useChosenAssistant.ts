import { useAssistant, useAssistants, type Assistant } from 'assistants-react';
import { useEffect } from 'react';

type AssistantPages = ReturnType<typeof useAssistants<Assistant[]>>;

/** Result of `useChosenAssistant`. */
export interface ChosenAssistant {
  assistant: Assistant | undefined;
  /** True until it is known which assistant answers. */
  isPending: boolean;
}

/**
 * Returns the assistant with an id, or else the one with a name, or else the newest one. Both may
 * be on a page of the list that is not loaded yet.
 */
export function useChosenAssistant(
  assistantId: string | undefined,
  name: string | undefined,
): ChosenAssistant {
  const list = useAssistants();
  const { data: assistants, isPending } = list;
  const selected = useSelected(assistantId, assistants, isPending);
  const named = assistants?.find((other) => other.name === name);
  const isFound = selected.assistant !== undefined || named !== undefined || name === undefined;
  const isSearching = useMorePages(list, !isFound && !selected.isLoading);
  return {
    assistant: selected.assistant ?? named ?? assistants?.[0],
    isPending: isPending || selected.isLoading || isSearching,
  };
}

/** Returns the assistant with an id, from the list or from the server. */
function useSelected(
  assistantId: string | undefined,
  assistants: readonly Assistant[] | undefined,
  isListPending: boolean,
): { assistant: Assistant | undefined; isLoading: boolean } {
  const listed = assistants?.find(({ id }) => id === assistantId);
  const isUnlisted = listed === undefined && !isListPending;
  const { data, error, isLoading } = useAssistant({
    assistantId: isUnlisted ? assistantId : undefined,
  });
  // The cache keeps an assistant that was deleted elsewhere.
  const unlisted = error?.status === 404 ? undefined : data;
  return { assistant: listed ?? unlisted, isLoading };
}

/**
 * Loads pages of a list while more are wanted. Returns false when there are no more, or when one
 * cannot be loaded.
 */
function useMorePages(
  { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage }: AssistantPages,
  isWanted: boolean,
): boolean {
  const needsPage = isWanted && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (needsPage && !isFetching) void fetchNextPage();
    // A page that arrives at once changes the list alone.
  }, [needsPage, isFetching, data, fetchNextPage]);
  return needsPage;
}
