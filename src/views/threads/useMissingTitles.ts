import { useEffect, useState } from 'react';
import { getMessageText } from '../../components/message/getMessageText.js';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';
import { truncate } from '../../components/truncate.js';
import { useThreadMessages } from '../../hooks/operations/messages.js';

/** Maximum length of a title in UTF-16 units. */
const MAX_LENGTH = 80;
/** The first message of a thread. */
const FIRST = { limit: 1, order: 'asc' } as const;

/**
 * Titles threads without a title with the first words of their first message, one thread after the other. Other devices
 * have created them, or another app. Threads whose messages cannot be read stay untitled.
 */
export function useMissingTitles(
  threads: readonly ThreadEntry[],
  update: (threadId: string, changes: { title: string }) => void,
): void {
  const [triedIds, setTriedIds] = useState<ReadonlySet<string>>(new Set());
  const threadId = threads.find(({ id, title }) => title.trim() === '' && !triedIds.has(id))?.id;
  const { data, isSuccess, isError } = useThreadMessages({ threadId, query: FIRST });
  const title = data?.[0] && truncate(getMessageText(data[0]).trim(), MAX_LENGTH);
  // The next thread follows once this one has its title.
  if (threadId !== undefined && (isSuccess || isError) && !title)
    setTriedIds(new Set(triedIds).add(threadId));
  useEffect(() => {
    if (threadId !== undefined && title) update(threadId, { title });
  }, [threadId, title, update]);
}
