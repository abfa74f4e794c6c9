import { readStored, store } from './storage.js';

const STORAGE_KEY = 'assistants-react:chapters';
const MAX_ENTRIES = 500;

/** Remembers in which chapter a thread was started. */
export function rememberChapter(threadId: string, chapterId: string): void {
  const entries = Object.entries({ ...readChapters(), [threadId]: chapterId }).slice(-MAX_ENTRIES);
  store(STORAGE_KEY, Object.fromEntries(entries));
}

/** Returns the chapter in which a thread was started. */
export function getChapter(threadId: string): string | undefined {
  const chapter = readChapters()[threadId];
  return typeof chapter === 'string' ? chapter : undefined;
}

function readChapters(): Record<string, unknown> {
  return { ...Object(readStored(STORAGE_KEY)) };
}
