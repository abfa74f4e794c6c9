'use client';
import type { ReactElement } from 'react';
import { EmptyState, type EmptyStateProps } from '../../components/feedback/EmptyState.js';
import { useThreadConversation } from './ThreadContext.js';

/** What stands in a thread where nothing has been said; a suggestion is sent at once. Element: div, an `EmptyState`. */
export function ThreadEmpty(props: EmptyStateProps): ReactElement {
  const conversation = useThreadConversation();
  return (
    <EmptyState onSuggestion={(suggestion) => void conversation.send(suggestion)} {...props} />
  );
}
