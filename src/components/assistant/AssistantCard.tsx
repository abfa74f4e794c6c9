import type { ReactElement, ReactNode } from 'react';
import type { Assistant } from '../../protocol/types.js';
import { useFormat } from '../i18n/TextsContext.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';

/** Props of `AssistantCard`. */
export interface AssistantCardProps extends Omit<PartProps<'article'>, 'children'> {
  assistant: Assistant;
  /** It is the one in use. @default false */
  isSelected?: boolean | undefined;
  /** Chooses it; the name becomes a button. */
  onSelect?: (() => void) | undefined;
  /** Buttons. */
  actions?: ReactNode;
}

/** An assistant in short: name, description, model, tools. Element: article. `data-selected`. */
export function AssistantCard({
  assistant,
  isSelected = false,
  onSelect,
  actions,
  ...props
}: AssistantCardProps): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const name =
    assistant.name === null || assistant.name === undefined || assistant.name === ''
      ? texts.assistant.unnamed
      : truncate(assistant.name);
  const tools = assistant.tools ?? [];
  const children = (
    <>
      <p data-part="assistant-name" dir="auto">
        {onSelect === undefined ? (
          name
        ) : (
          <button
            type="button"
            data-part="assistant-select"
            aria-pressed={isSelected}
            onClick={onSelect}
          >
            {name}
          </button>
        )}
      </p>
      {assistant.description !== null &&
        assistant.description !== undefined &&
        assistant.description !== '' && (
          <p data-part="assistant-description" dir="auto">
            {truncate(assistant.description, 1_000)}
          </p>
        )}
      <p data-part="assistant-facts">
        <bdi>{truncate(assistant.model)}</bdi>
        {tools.length > 0 && (
          <span>{texts.assistant.toolCount(format.number(tools.length), tools.length)}</span>
        )}
      </p>
      {actions}
    </>
  );
  return createPart(
    { tag: 'article', name: 'assistant-card', state: { selected: isSelected }, own: { children } },
    props,
  );
}
