import type { Message, TextContent } from 'assistants-react/client';

/** A store of the texts of a thread. The last text grows. */
export interface Texts {
  get: () => readonly string[];
  subscribe: (listener: () => void) => () => void;
  add: (text: string) => void;
  grow: (tokens: readonly string[]) => void;
}

/** Creates a minimal store for a list of messages. */
export function createTexts(messages: readonly Message[]): Texts {
  const listeners = new Set<() => void>();
  let texts: readonly string[] = messages.map(({ content }) =>
    content.map((part) => (part as TextContent).text.value).join(''),
  );
  const set = (next: readonly string[]) => {
    texts = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => texts,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (text) => set([...texts, text]),
    grow: (tokens) => set(texts.with(-1, (texts.at(-1) ?? '') + tokens.join(''))),
  };
}
