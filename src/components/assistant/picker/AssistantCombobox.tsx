import type { ReactElement, ReactNode } from 'react';
import { createLazyModule } from '../../../common/createLazyModule.js';
import type { Assistant } from '../../../protocol/types.js';
import type { ButtonProps } from '../../Button.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { ChevronsUpDown } from '../../icons.lazy.js';
import { createPart, asPart } from '../../part.js';
import { usePopupButton } from '../../popup/usePopupButton.js';
import { truncate } from '../../truncate.js';
import type { AssistantChoices } from './AssistantChoices.js';

/** Props of `AssistantCombobox`. */
export interface AssistantComboboxProps
  extends AssistantChoices, Omit<ButtonProps, 'children' | 'onSelect'> {
  onSelect: (assistant: Assistant) => void;
  /** Renders buttons below the list. `close` closes the list and moves the focus to the button that has opened it. */
  renderActions?: ((close: () => void) => ReactNode) | undefined;
}

const listModule = createLazyModule(
  async () => (await import('./AssistantCombobox.lazy.js')).AssistantOptions,
  String,
);

/**
 * Button that shows the chosen assistant and opens a list of all: a combobox of Base UI, which finds assistants by
 * name, description and model. Its code is loaded when the browser is idle. Element: button, and beside it the open
 * list, `data-part="assistant-combobox"`.
 */
export function AssistantCombobox({
  assistants,
  selected,
  error,
  onRetry,
  hasMore,
  isLoadingMore,
  onLoadMore,
  onSelect,
  renderActions,
  variant = 'quiet',
  ...props
}: AssistantComboboxProps): ReactElement {
  const texts = useCompleteTexts().assistant;
  const { buttonProps, open } = usePopupButton(listModule);
  const name = selected && truncate(selected.name?.trim() || texts.unnamed, 200);
  return (
    <>
      {createPart(
        {
          tag: 'button',
          name: 'button',
          state: { variant },
          defaultProps: {
            ...buttonProps,
            'aria-label': name === undefined ? texts.choose : texts.chosen(name),
            'aria-haspopup': 'dialog',
            children: (
              <>
                <span {...asPart('assistant-choice')} dir="auto">
                  {name ?? texts.choose}
                </span>
                <ChevronsUpDown size={14} />
              </>
            ),
          },
        },
        props,
      )}
      {open && (
        <open.Popup
          {...open.controls}
          choices={{ assistants, selected, error, onRetry, hasMore, isLoadingMore, onLoadMore }}
          onSelect={onSelect}
          renderActions={renderActions}
        />
      )}
    </>
  );
}
