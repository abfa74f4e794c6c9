import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useComposition } from '../composer/useComposition.js';
import { getDirection } from '../getDirection.js';
import { asPart } from '../part.js';

interface ThreadTitleFieldProps {
  title: string;
  label: string;
  /** Called with the trimmed text on Enter, and when the field loses the focus. */
  onSave: (title: string) => void;
  /** Called on Escape. */
  onCancel: () => void;
}

/** Field that replaces the title of a thread while the user changes it. Element: input. */
export function ThreadTitleField({
  title,
  label,
  onSave,
  onCancel,
}: ThreadTitleFieldProps): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const [text, setText] = useState(title);
  const { isComposing, ...composition } = useComposition();
  // Removing the field takes the focus from it, which must not save a second time.
  const isClosed = useRef(false);
  const close = (action: () => void): void => {
    if (isClosed.current) return;
    isClosed.current = true;
    action();
  };
  return (
    <input
      ref={field}
      {...asPart('input')}
      aria-label={label}
      dir={getDirection(text)}
      enterKeyHint="done"
      value={text}
      {...composition}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => close(() => onSave(text.trim()))}
      onKeyDown={(event) => {
        // Enter and Escape of an input method editor end its composition.
        if (isComposing(event)) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Otherwise Enter would also press the button that receives the focus.
        event.preventDefault();
        event.stopPropagation();
        close(event.key === 'Enter' ? () => onSave(text.trim()) : onCancel);
      }}
    />
  );
}
