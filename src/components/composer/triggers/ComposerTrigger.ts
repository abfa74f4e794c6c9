import type { ReactNode } from 'react';

/** Entry of the list below a trigger. */
export interface ComposerChoice {
  /** Unique in the list. */
  id: string;
  label: string;
  /** Second line. */
  description?: string | undefined;
  icon?: ReactNode;
}

/** Character that opens a list of choices in the composer, such as `/` for commands or `@` for names. */
export interface ComposerTrigger<Choice extends ComposerChoice = ComposerChoice> {
  /** One character. It opens the list at the start of a word. */
  char: string;
  /** True if it opens the list at the start of the text only. @default false */
  isAtStartOnly?: boolean | undefined;
  /**
   * Returns the choices for the text after the trigger, up to the cursor. The signal aborts when they are not needed
   * any more.
   */
  items: (
    query: string,
    options: { signal: AbortSignal },
  ) => readonly Choice[] | Promise<readonly Choice[]>;
  /**
   * Called with the choice of the user. Returns the text that replaces the trigger and the query, or nothing to remove them.
   *
   * @default the trigger with the label and a space
   */
  // Declared as a method, so that triggers with choices of different types fit into one list.
  onSelect?: { select(choice: Choice): string | void }['select'] | undefined;
}

/** Trigger before the cursor. */
export interface OpenTrigger {
  trigger: ComposerTrigger;
  /** Text between the trigger and the cursor. */
  query: string;
  /** Index of the trigger in the text. */
  start: number;
}

/** Finds the trigger of the word before the cursor. */
export function findTrigger(
  text: string,
  cursor: number,
  triggers: readonly ComposerTrigger[],
): OpenTrigger | undefined {
  let start = cursor;
  // A regular expression would take quadratic time for long words.
  while (start > 0 && /\S/.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start, cursor);
  const trigger = triggers.find(
    ({ char, isAtStartOnly = false }) =>
      word.startsWith(char) && (!isAtStartOnly || text.slice(0, start).trim() === ''),
  );
  return trigger && { trigger, query: word.slice(trigger.char.length), start };
}
