import { useThreads, type Assistant, type ThreadViewProps } from 'assistants-react';
import { useLostAssistant } from './useLostAssistant.js';

interface ChapterThreadOptions {
  assistant: Assistant | undefined;
  threadId: string | undefined;
  onThread: (threadId: string | undefined) => void;
  /** Called with a thread that the first message has created. */
  onCreated: (threadId: string) => void;
}

/** Returns the props of the thread that a chapter shows: which one, by which assistant, and how it is remembered. */
export function useChapterThread({
  assistant,
  threadId,
  onThread,
  onCreated,
}: ChapterThreadOptions): {
  props: ThreadViewProps;
  /** Name of the assistant that no longer exists. */
  lostName: string | undefined;
} {
  const { remember, markUsed, forget } = useThreads();
  const lost = useLostAssistant(assistant, threadId);
  return {
    lostName: lost.lostName,
    props: {
      assistantId: assistant?.id,
      threadId,
      onThreadCreated(id, { text }) {
        onCreated(id);
        remember(id, text ?? '');
      },
      onError: lost.handleError,
      onRunSettled(run) {
        markUsed(run.thread_id);
        lost.clear();
      },
      onThreadIdChange(id) {
        if (id === undefined && threadId !== undefined) forget(threadId);
        onThread(id);
      },
    },
  };
}
