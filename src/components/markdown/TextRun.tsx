import { useLayoutEffect, useRef, useState, type ElementType, type ReactElement } from 'react';
import { updateText } from './updateText.js';

interface TextRunProps {
  text: string;
  /** @default 'span' */
  tag?: ElementType | undefined;
  dir?: 'auto' | 'ltr' | 'rtl' | undefined;
  translate?: 'no' | undefined;
}

/**
 * Text in an element of its own, for text that grows. React creates the text node but never changes it: a rewritten text node
 * loses the selection of the user, and a browser translation replaces text nodes by elements, which React does not expect.
 */
export function TextRun({ text, tag: Tag = 'span', ...props }: TextRunProps): ReactElement {
  const [initialText] = useState(text);
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) updateText(ref.current, text);
  }, [text]);
  return (
    <Tag ref={ref} {...props}>
      {initialText}
    </Tag>
  );
}
