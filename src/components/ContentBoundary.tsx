import type { ReactElement, ReactNode } from 'react';
import { Button } from './Button.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { useTexts } from './i18n/useTexts.js';
import { asPart } from './part.js';

/** Props of `ContentBoundary`. */
export interface ContentBoundaryProps {
  /** Name of the content for developers, such as "message". */
  name: string;
  /** Data that the children render. They are rendered again when it changes. */
  resetKey: unknown;
  /** Element of the placeholder. Children of a list need `li`. @default 'p' */
  tag?: 'p' | 'li' | undefined;
  /** A function is called within the boundary, so that its errors are caught too. */
  children: ReactNode | (() => ReactNode);
}

/** Renders its children, or a placeholder with a button to try again if they throw. */
export function ContentBoundary({
  name,
  resetKey,
  tag = 'p',
  children,
}: ContentBoundaryProps): ReactElement {
  return (
    <ErrorBoundary
      name={name}
      resetKey={resetKey}
      fallback={(retry) => <UnreadableContent tag={tag} onRetry={retry} />}
    >
      {typeof children === 'function' ? <Rendered render={children} /> : children}
    </ErrorBoundary>
  );
}

function Rendered({ render }: { render: () => ReactNode }): ReactNode {
  return render();
}

interface UnreadableContentProps {
  tag: 'p' | 'li';
  onRetry: () => void;
}

function UnreadableContent({ tag: Tag, onRetry }: UnreadableContentProps): ReactElement {
  const { error } = useTexts();
  return (
    <Tag {...asPart('placeholder')} data-unreadable="">
      {error.title.unknown}
      <Button onClick={onRetry}>{error.retry}</Button>
    </Tag>
  );
}
