const STORAGE_KEY = 'assistants-react:chapters';
const MAX_ENTRIES = 500;

/** Remembers in which chapter a thread was started. */
export function rememberChapter(threadId: string, chapterId: string): void {
  const entries = Object.entries({ ...readChapters(), [threadId]: chapterId }).slice(-MAX_ENTRIES);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    // Without storage, threads open in the first chapter.
  }
}

/** Returns the chapter in which a thread was started. */
export function getChapter(threadId: string): string | undefined {
  const chapter = readChapters()[threadId];
  return typeof chapter === 'string' ? chapter : undefined;
}

function readChapters(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
