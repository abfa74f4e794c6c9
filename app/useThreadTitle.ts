import { getMessageText, useThreadMessages, type UseThreadsResult } from 'assistants-react';
import { useEffect } from 'react';

/** The title of a thread until its first message is known. */
export const UNTITLED = 'New thread';

const MAX_LENGTH = 80;

/** Titles an untitled thread with the first words of its first message. Returns a function that loads the thread again. */
export function useThreadTitle(
  threadId: string | undefined,
  { threads, rename }: UseThreadsResult,
): () => void {
  const { data: messages, refetch } = useThreadMessages({ threadId });
  const first = messages?.[0];
  const title = first && getMessageText(first).trim().slice(0, MAX_LENGTH);
  const known = threads.find(({ id }) => id === threadId)?.title;
  useEffect(() => {
    if (threadId !== undefined && title && known === UNTITLED) rename(threadId, title);
  }, [threadId, title, known, rename]);
  return () => {
    // An unknown thread is not fetched.
    if (threadId !== undefined) void refetch();
  };
}
