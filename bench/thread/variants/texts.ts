import type { Message, TextContent } from 'assistants-react/client';

/** The texts of a thread, the last of which grows; tells of every change. */
export interface Texts {
  get: () => readonly string[];
  subscribe: (listener: () => void) => () => void;
  add: (text: string) => void;
  grow: (tokens: readonly string[]) => void;
}

/** The least that a list of messages can be made of. */
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
