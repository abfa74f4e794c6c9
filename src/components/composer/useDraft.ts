import { useLayoutEffect, useRef, useState } from 'react';

/** Result of sending a text. False, or a promise that rejects or resolves to false, restores the text. */
export type SendResult = void | boolean | Promise<unknown>;

/** Text of a composer. */
export interface ComposerDraft {
  value: string;
  /** True if the last send failed and the text was restored. */
  hasFailed: boolean;
  change: (value: string) => void;
  /** Sends the text and clears it. If sending fails, restores it above the text that was written since. */
  send: (onSend: (text: string) => SendResult) => void;
}

interface DraftOptions {
  value: string | undefined;
  defaultValue: string;
  onValueChange: ((value: string) => void) | undefined;
}

/** Holds the text of a composer, controlled or uncontrolled. */
export function useDraft({
  value: controlledValue,
  defaultValue,
  onValueChange,
}: DraftOptions): ComposerDraft {
  const [uncontrolledValue, setUncontrolledValue] = useState(defaultValue);
  const [hasFailed, setHasFailed] = useState(false);
  const value = controlledValue ?? uncontrolledValue;
  // Updated before the next render: a second Enter in the same frame must find the text already sent.
  const currentValue = useRef(value);
  const notify = useRef(onValueChange);
  useLayoutEffect(() => {
    currentValue.current = value;
    notify.current = onValueChange;
  }, [value, onValueChange]);

  const setValue = (next: string): void => {
    currentValue.current = next;
    if (controlledValue === undefined) setUncontrolledValue(next);
    notify.current?.(next);
  };
  const restore = (text: string): void => {
    setValue(currentValue.current === '' ? text : `${text}\n${currentValue.current}`);
    setHasFailed(true);
  };

  return {
    value,
    hasFailed,
    change(next) {
      setHasFailed(false);
      setValue(next);
    },
    send(onSend) {
      const text = currentValue.current;
      setHasFailed(false);
      currentValue.current = '';
      let result: SendResult;
      try {
        result = onSend(text);
      } catch (error) {
        currentValue.current = text;
        setHasFailed(true);
        throw error;
      }
      if (result === false) {
        currentValue.current = text;
        return;
      }
      setValue('');
      if (result instanceof Promise) {
        result.then(
          (accepted) => {
            if (accepted === false) restore(text);
          },
          () => restore(text),
        );
      }
    },
  };
}
