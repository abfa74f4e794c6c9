import { useLayoutEffect, useMemo, useState } from 'react';
import type { Conversation } from '../core/conversation/Conversation.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** Numbers of the mounted drafts without a thread, by the scope of the client. */
const usedNumbers = new Map<string, Set<number>>();

/** Result of `useDraftName`. */
export interface UseDraftNameResult {
  /** Name under which the draft is stored. Unique among the mounted drafts, and the same after a reload. */
  name: string;
  /** Identifies the draft: stays the same when a new thread gets its id. */
  owner: object;
}

/** Names the draft of a conversation. Two new threads on a page have drafts of their own, numbered as they are mounted. */
export function useDraftName(
  conversation: Conversation,
  threadId: string | undefined,
): UseDraftNameResult {
  const { scope } = useAssistantsClient();
  const [number, setNumber] = useState(0);
  const isNew = threadId === undefined;
  useLayoutEffect(() => {
    if (!isNew) return undefined;
    const used = usedNumbers.get(scope) ?? new Set();
    usedNumbers.set(scope, used);
    let free = 0;
    while (used.has(free)) free += 1;
    used.add(free);
    setNumber(free);
    return () => void used.delete(free);
  }, [scope, isNew, conversation]);
  // Another number is another draft, whose text must not move to it.
  // oxlint-disable-next-line react/exhaustive-deps -- The number is what changes the owner.
  const owner = useMemo(() => ({ conversation }), [conversation, number]);
  // Ids of threads are unique already.
  return { name: threadId ?? `new:${number}:${scope}`, owner };
}
