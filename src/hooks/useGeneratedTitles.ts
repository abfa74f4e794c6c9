import { useCallback, useEffect, useRef } from 'react';
import { generateThreadTitle, type GenerateTitle } from '../core/threads/generateThreadTitle.js';
import type { ThreadEntry } from '../core/threads/ThreadRegistry.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import type { EntryMutation } from './useThreadEntries.js';

/** Returns a function that generates the title of a thread after its first answer. */
export function useGeneratedTitles(
  generateTitle: GenerateTitle | undefined,
  mutateEntry: EntryMutation['mutateEntry'],
): (threadId: string) => void {
  const client = useAssistantsClient();
  const pendingIds = useRef(new Set<string>());
  const latest = useRef(generateTitle);
  useEffect(() => {
    latest.current = generateTitle;
  });
  return useCallback(
    (threadId) => {
      const generate = async (titleThread: GenerateTitle): Promise<void> => {
        let before: ThreadEntry | undefined;
        await mutateEntry(threadId, (entry) => {
          before = entry;
          return undefined;
        });
        if (!before || before.isTitled === true) return;
        const { title: firstWords } = before;
        const title = await generateThreadTitle(client, titleThread, threadId);
        if (title === undefined) return;
        await mutateEntry(threadId, (entry) => {
          // The user may have renamed or deleted the thread meanwhile.
          if (!entry || entry.isTitled === true) return undefined;
          return { ...entry, title: title === '' ? firstWords : title, isTitled: true };
        });
      };
      if (!latest.current || pendingIds.current.has(threadId)) return;
      pendingIds.current.add(threadId);
      // A registry or server that fails now is asked again after the next answer.
      void generate(latest.current)
        .catch(() => undefined)
        .finally(() => pendingIds.current.delete(threadId));
    },
    [client, mutateEntry],
  );
}
