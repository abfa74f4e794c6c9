import type { ReactElement, ReactNode } from 'react';
import { Button } from './Button.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { useTexts } from './i18n/useTexts.js';

/** Props of `ContentBoundary`. */
export interface ContentBoundaryProps {
  /** Name of the content for developers, such as "message". */
  name: string;
  /** Data that the children render. They are rendered again when it changes. */
  resetKey: unknown;
  children: ReactNode;
}

/** Renders its children, or a placeholder with a button to try again if they throw. Element of the placeholder: p. */
export function ContentBoundary({ name, resetKey, children }: ContentBoundaryProps): ReactElement {
  return (
    <ErrorBoundary
      name={name}
      resetKey={resetKey}
      fallback={(retry) => <UnreadableContent onRetry={retry} />}
    >
      {children}
    </ErrorBoundary>
  );
}

function UnreadableContent({ onRetry }: { onRetry: () => void }): ReactElement {
  const { error } = useTexts();
  return (
    <p data-part="placeholder" data-unreadable="">
      {error.title.unknown}{' '}
      <Button variant="quiet" onClick={onRetry}>
        {error.retry}
      </Button>
    </p>
  );
}
