import type { ReactElement, ReactNode } from 'react';
import { Button } from '../Button.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `EmptyState`. */
export interface EmptyStateProps extends PartProps<'div'> {
  /** @default "What can I help with?" in the language of the tree */
  heading?: ReactNode;
  /** Text below the heading. */
  description?: ReactNode;
  /** First messages that the user can choose from. */
  suggestions?: readonly string[] | undefined;
  /** Called with the suggestion that the user chose. */
  onSuggestion?: ((suggestion: string) => void) | undefined;
  children?: ReactNode;
}

/** Heading and suggestions for a conversation without messages. Element: div. */
export function EmptyState({
  heading,
  description,
  suggestions = [],
  onSuggestion,
  children,
  ...props
}: EmptyStateProps): ReactElement | null {
  const texts = useTexts();
  const content = (
    <>
      <p data-part="empty-title" dir="auto">
        {heading ?? texts.empty.title}
      </p>
      {description !== undefined && <p data-part="empty-description">{description}</p>}
      {suggestions.length > 0 && (
        <ul data-part="suggestions" aria-label={texts.empty.suggestions}>
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <Button dir="auto" onClick={() => onSuggestion?.(suggestion)}>
                {suggestion}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {children}
    </>
  );
  return createPart(
    { tag: 'div', name: 'empty-state', defaultProps: { children: content } },
    props,
  );
}
