import type { ReactElement, ReactNode } from 'react';
import type { Assistant } from '../../protocol/types.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';

/** State of `AssistantCard`. */
export interface AssistantCardState {
  selected: boolean;
}

/** Props of `AssistantCard`. */
export interface AssistantCardProps extends Omit<
  PartProps<'article', AssistantCardState>,
  'children'
> {
  assistant: Assistant;
  /** @default false */
  isSelected?: boolean | undefined;
  /** Called when the user selects the assistant. Without it, the name is not a button. */
  onSelect?: (() => void) | undefined;
  /** Buttons below the facts. */
  actions?: ReactNode;
}

/** Summary of an assistant: name, description, model and number of tools. Element: article. `data-selected`. */
export function AssistantCard({
  assistant,
  isSelected = false,
  onSelect,
  actions,
  ...props
}: AssistantCardProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const name = isBlank(assistant.name) ? texts.assistant.unnamed : truncate(assistant.name);
  const toolCount = (assistant.tools ?? []).length;
  const children = (
    <>
      <p {...asPart('assistant-name')} dir="auto">
        {onSelect === undefined ? (
          name
        ) : (
          <button
            type="button"
            {...asPart('assistant-select')}
            aria-pressed={isSelected}
            onClick={onSelect}
          >
            {name}
          </button>
        )}
      </p>
      {!isBlank(assistant.description) && (
        <p {...asPart('assistant-description')} dir="auto">
          {truncate(assistant.description, 1_000)}
        </p>
      )}
      <p {...asPart('assistant-facts')}>
        <bdi>{truncate(assistant.model)}</bdi>
        {toolCount > 0 && (
          <span>{texts.assistant.toolCount(format.number(toolCount), toolCount)}</span>
        )}
      </p>
      {actions}
    </>
  );
  return createPart(
    {
      tag: 'article',
      name: 'assistant-card',
      state: { selected: isSelected },
      defaultProps: { children },
    },
    props,
  );
}

function isBlank(text: string | null | undefined): text is '' | null | undefined {
  return text === null || text === undefined || text === '';
}
