import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `Loading`. */
export interface LoadingProps extends PartProps<'div'> {
  /** Nothing is shown before. @default 150 */
  delayMs?: number | undefined;
  /** @default "Loading" in the language of the tree */
  children?: ReactNode;
}

/** A quiet word while something loads, and nothing at all if it loads at once. Element: div, a status. */
export function Loading({ delayMs = 150, children, ...props }: LoadingProps): ReactElement | null {
  const texts = useConversationTexts();
  const [isLate, setIsLate] = useState(delayMs <= 0);
  useEffect(() => {
    if (delayMs <= 0) return undefined;
    const timer = setTimeout(() => setIsLate(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  const content = isLate ? (children ?? texts.list.loading) : null;
  return createPart(
    { tag: 'div', name: 'loading', own: { children: content, role: 'status' } },
    props,
  );
}
