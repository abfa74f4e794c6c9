'use client';
import type { ReactElement } from 'react';
import { EmptyState, type EmptyStateProps } from '../../components/feedback/EmptyState.js';
import { useThreadConversation } from './ThreadContext.js';

/**
 * Heading and suggestions for a thread without messages. A click on a suggestion sends it.
 *
 * Element: div, an `EmptyState`.
 * Context: `Thread.Root`.
 */
export function ThreadEmpty(props: EmptyStateProps): ReactElement {
  const conversation = useThreadConversation();
  return (
    <EmptyState onSuggestion={(suggestion) => void conversation.send(suggestion)} {...props} />
  );
}
