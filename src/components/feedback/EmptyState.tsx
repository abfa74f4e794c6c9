import type { ReactElement, ReactNode } from 'react';
import { Button } from '../Button.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps, asPart } from '../part.js';

/** First message that the user can choose, shown as a card. */
export interface Suggestion {
  /** Text of the message. */
  text: string;
  /** Names in a few words what the message shows. Above the text. */
  title: ReactNode;
  icon?: ReactNode;
}

type PlainSuggestion = Pick<Suggestion, 'text'> & Partial<Suggestion>;

/** Props of `EmptyState`. */
export interface EmptyStateProps extends PartProps<'div'> {
  /** @default "What can I help with?" in the language of the tree */
  heading?: ReactNode;
  /** Text below the heading. */
  description?: ReactNode;
  /** First messages that the user can choose from: texts, or cards with a title. */
  suggestions?: readonly (string | Suggestion)[] | undefined;
  /** Called with the text of the suggestion that the user chose. */
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
      <p {...asPart('empty-title')} dir="auto">
        {heading ?? texts.empty.title}
      </p>
      {description !== undefined && <p {...asPart('empty-description')}>{description}</p>}
      {suggestions.length > 0 && (
        <ul {...asPart('suggestions')} aria-label={texts.empty.suggestions}>
          {suggestions.map((suggestion) => {
            const { text, title, icon }: PlainSuggestion =
              typeof suggestion === 'string' ? { text: suggestion } : suggestion;
            return (
              <li key={text}>
                <Button dir="auto" onClick={() => onSuggestion?.(text)}>
                  {icon}
                  {title && <strong>{title}</strong>}
                  {text}
                </Button>
              </li>
            );
          })}
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
