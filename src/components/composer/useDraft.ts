import { useLayoutEffect, useRef, useState } from 'react';

/** What becomes of a message: false or a rejected promise keeps or gives back the text, anything else lets it go. */
export type SendResult = void | boolean | Promise<unknown>;

/** Text that is being written. */
export interface ComposerDraft {
  value: string;
  /** The last send was refused; the text is back. */
  hasFailed: boolean;
  change: (value: string) => void;
  /** Hands the text over. Nothing is lost: what is refused comes back, before whatever was written meanwhile. */
  send: (onSend: (text: string) => SendResult) => void;
}

interface DraftOptions {
  value: string | undefined;
  defaultValue: string;
  onValueChange: ((value: string) => void) | undefined;
}

/** Holds the text of a composer, its own or its owner's. */
export function useDraft({
  value: controlled,
  defaultValue,
  onValueChange,
}: DraftOptions): ComposerDraft {
  const [own, setOwn] = useState(defaultValue);
  const [hasFailed, setHasFailed] = useState(false);
  const value = controlled ?? own;
  // Ahead of the state by a render: a second Enter in the same frame must find the text gone.
  const current = useRef(value);
  const notify = useRef(onValueChange);
  useLayoutEffect(() => {
    current.current = value;
    notify.current = onValueChange;
  }, [value, onValueChange]);

  const set = (next: string): void => {
    current.current = next;
    if (controlled === undefined) setOwn(next);
    notify.current?.(next);
  };
  const giveBack = (text: string): void => {
    set(current.current === '' ? text : `${text}\n${current.current}`);
    setHasFailed(true);
  };

  return {
    value,
    hasFailed,
    change(next) {
      setHasFailed(false);
      set(next);
    },
    send(onSend) {
      const text = current.current;
      setHasFailed(false);
      current.current = '';
      let result: SendResult;
      try {
        result = onSend(text);
      } catch (error) {
        current.current = text;
        setHasFailed(true);
        throw error;
      }
      if (result === false) {
        current.current = text;
        return;
      }
      set('');
      if (result instanceof Promise) {
        result.then(
          (accepted) => accepted === false && giveBack(text),
          () => giveBack(text),
        );
      }
    },
  };
}
