import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `Loading`. */
export interface LoadingProps extends PartProps<'div'> {
  /** Time before the text appears. @default 150 */
  delayMs?: number | undefined;
  /** @default "Loading" in the language of the tree */
  children?: ReactNode;
}

/** Loading indicator, empty until a delay has passed: short loads show nothing. Element: div, a status. */
export function Loading({ delayMs = 150, children, ...props }: LoadingProps): ReactElement | null {
  const texts = useTexts();
  const [isVisible, setIsVisible] = useState(delayMs <= 0);
  useEffect(() => {
    if (delayMs <= 0) return undefined;
    const timer = setTimeout(() => setIsVisible(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  const content = isVisible ? (children ?? texts.list.loading) : null;
  return createPart(
    { tag: 'div', name: 'loading', defaultProps: { children: content, role: 'status' } },
    props,
  );
}
