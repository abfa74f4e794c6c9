import { useAssistants, type Assistant } from 'assistants-react';
import { chapters, type Chapter } from './chapters/chapters.js';
import { getChapter } from './threadChapters.js';
import { useChosenAssistant } from './useChosenAssistant.js';
import { formatRoute, useRoute, type Route } from './useRoute.js';

/** Open page of the playground, and ways to other pages. */
export interface Place {
  route: Route;
  /** Undefined on pages without an example. */
  chapter: Chapter | undefined;
  /** True if the chapter shows threads of the server of the playground. */
  hasThread: boolean;
  assistant: Assistant | undefined;
  /** True until it is known which assistant answers. */
  isPending: boolean;
  go: (route: Route) => void;
  /** Opens a thread in the chapter where it was started, or a new one. */
  openThread: (threadId: string | undefined) => void;
  getThreadHref: (threadId: string) => string;
  /** Starts a thread in the chapter of the assistant: an open thread is never continued with another one. */
  selectAssistant: (assistantId: string | undefined) => void;
}

/** Returns the open page, which the address names. */
export function usePlace(): Place {
  const { go, ...route } = useRoute();
  const { assistantId } = route;
  const { data: assistants } = useAssistants();
  const chapter = findChapter(route);
  const hasThread = chapter?.assistantName !== undefined;
  const chosen = useChosenAssistant(assistantId, chapter?.assistantName);

  const getThreadRoute = (threadId: string | undefined): Route => {
    const current = hasThread ? chapter.id : 'chat';
    const name = (threadId === undefined ? undefined : getChapter(threadId)) ?? current;
    const isSame = name === current;
    return { page: 'chapter', name, threadId, assistantId: isSame ? assistantId : undefined };
  };
  return {
    route,
    chapter,
    hasThread,
    ...chosen,
    go,
    openThread: (threadId) => go(getThreadRoute(threadId)),
    getThreadHref: (threadId) => `#${formatRoute(getThreadRoute(threadId))}`,
    selectAssistant(id) {
      const selected = assistants?.find((other) => other.id === id);
      const own = selected && chapters.find((other) => other.assistantName === selected.name);
      go({ ...getThreadRoute(undefined), ...(own && { name: own.id }), assistantId: id });
    },
  };
}

/** Returns the chapter of a route, the first one for an unknown name, and undefined for other pages. */
function findChapter({ page, name }: Route): Chapter | undefined {
  if (page !== 'chapter') return undefined;
  return chapters.find(({ id }) => id === name) ?? chapters[0];
}
