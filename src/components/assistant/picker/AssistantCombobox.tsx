import {
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { createLazyModule } from '../../../common/createLazyModule.js';
import type { Assistant } from '../../../protocol/types.js';
import type { ButtonProps } from '../../Button.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { ChevronsUpDown } from '../../icons.lazy.js';
import { createPart, asPart } from '../../part.js';
import { usePopupCode } from '../../popup/usePopupCode.js';
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
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [openedBy, setOpenedBy] = useState<'touch' | 'other'>();
  const { value: Options } = usePopupCode(listModule, openedBy !== undefined);
  const isShown = openedBy !== undefined && Options !== undefined;
  const close = (): void => setOpenedBy(undefined);
  const name = selected && truncate(selected.name?.trim() || texts.unnamed, 200);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpenedBy('other');
  };
  return (
    <>
      {createPart(
        {
          tag: 'button',
          name: 'button',
          state: { variant },
          defaultProps: {
            ref: button,
            type: 'button',
            'aria-label': name === undefined ? texts.choose : texts.chosen(name),
            'aria-haspopup': 'dialog',
            'aria-expanded': isShown,
            'aria-controls': isShown ? id : undefined,
            children: (
              <>
                <span {...asPart('assistant-choice')} dir="auto">
                  {name ?? texts.choose}
                </span>
                <ChevronsUpDown size={14} />
              </>
            ),
            onClick: ({ nativeEvent }) => {
              if (openedBy === undefined) setOpenedBy(isTouch(nativeEvent) ? 'touch' : 'other');
              else close();
            },
            onKeyDown,
            // A list that is still loading must not take the focus from where the user has moved it.
            onBlur: () => {
              if (!isShown) close();
            },
          },
        },
        props,
      )}
      {isShown && (
        <Options
          id={id}
          choices={{ assistants, selected, error, onRetry, hasMore, isLoadingMore, onLoadMore }}
          button={button}
          // The keyboard of a touch screen would cover the list.
          focusesInput={openedBy !== 'touch'}
          onSelect={onSelect}
          onClose={close}
          renderActions={renderActions}
        />
      )}
    </>
  );
}

/** Clicks are pointer events, except in older browsers. */
function isTouch(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch';
}
