import { useThreads } from 'assistants-react';
import { useEffect } from 'react';

const NAME = 'assistants-react';

/** Titles the page with the open thread. */
export function usePageTitle(threadId: string | undefined): void {
  const { threads } = useThreads();
  const title = threads.find(({ id }) => id === threadId)?.title;
  useEffect(() => {
    document.title = title ? `${title} · ${NAME}` : NAME;
  }, [title]);
}
