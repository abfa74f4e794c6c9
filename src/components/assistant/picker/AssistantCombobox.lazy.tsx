import { Combobox } from '@base-ui/react/combobox';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
  type UIEvent,
} from 'react';
import { foldText } from '../../../common/foldText.js';
import { isFocusNowhere } from '../../../common/treeRoot.js';
import type { Assistant } from '../../../protocol/types.js';
import { getDirection } from '../../getDirection.js';
import { ErrorNotice } from '../../feedback/ErrorNotice.js';
import { Loading } from '../../feedback/Loading.js';
import { LoadMore } from '../../feedback/LoadMore.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { Check } from '../../icons.js';
import { ExistingTrigger } from '../../popup/ExistingTrigger.js';
import { getPopupHandlers } from '../../popup/getPopupHandlers.js';
import { popupHostProps, popupProps } from '../../popup/popupProps.js';
import type { PopupControls } from '../../popup/usePopupButton.js';
import { truncate } from '../../truncate.js';
import type { AssistantChoices } from './AssistantChoices.js';
import { asPart } from '../../part.js';

/** Props of `AssistantOptions`. */
export interface AssistantOptionsProps extends PopupControls {
  choices: AssistantChoices;
  onSelect: (assistant: Assistant) => void;
  renderActions: ((close: () => void) => ReactNode) | undefined;
}

const NONE: readonly Assistant[] = [];

/** Open list of `AssistantCombobox`: a search field, the assistants that match it, and actions. Element: div. */
export function AssistantOptions({
  id,
  button,
  openedBy,
  onClose,
  onReturnFocus,
  choices,
  onSelect,
  renderActions,
}: AssistantOptionsProps): ReactElement {
  const texts = useCompleteTexts().assistant;
  const [host, setHost] = useState<HTMLElement | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  // The keyboard of a touch screen would cover the list, so the popup takes the focus instead.
  const focusesInput = openedBy !== 'touch';
  const { assistants = NONE, selected = null, hasMore = false } = choices;
  const matches = useMemo(() => findAssistants(assistants, query), [assistants, query]);
  useSearchOfMorePages(choices, query !== '' && matches.length === 0);
  useEffect(() => {
    // The button that has loaded the last page took the focus with it. The popup passes it on to the field.
    if (!hasMore && focusesInput && popup.current && isFocusNowhere(popup.current))
      popup.current.focus();
  }, [hasMore, focusesInput]);
  return (
    <span ref={setHost} {...popupHostProps}>
      <Combobox.Root
        open
        items={assistants}
        filteredItems={matches}
        value={selected}
        isItemEqualToValue={(one, other) => one.id === other.id}
        itemToStringLabel={({ name }) => name ?? texts.unnamed}
        autoHighlight
        inputValue={query}
        onInputValueChange={setQuery}
        onValueChange={(assistant) => {
          onReturnFocus();
          if (assistant) onSelect(assistant);
        }}
        onOpenChange={(isOpen, { reason }) => {
          if (isOpen) return;
          if (reason === 'escape-key' || reason === 'item-press') onReturnFocus();
          else onClose();
        }}
      >
        <Combobox.Trigger render={<ExistingTrigger element={button} />} />
        <Combobox.Portal container={host}>
          <Combobox.Positioner {...popupProps} align="start">
            <Combobox.Popup
              ref={popup}
              id={id}
              {...asPart('assistant-combobox')}
              aria-label={texts.choose}
              initialFocus={focusesInput ? undefined : popup}
              finalFocus={false}
              {...getPopupHandlers(onReturnFocus)}
            >
              <Combobox.Input
                {...asPart('input')}
                aria-label={texts.search}
                placeholder={texts.search}
                dir={getDirection(query)}
                // Enter would submit a form of the app around the button.
                onKeyDown={(event) => {
                  if (event.key === 'Enter') event.preventDefault();
                }}
              />
              <AssistantOptionList choices={choices} hasMatch={matches.length > 0} />
              {renderActions && <Actions render={renderActions} close={onReturnFocus} />}
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </span>
  );
}

interface ActionsProps {
  render: (close: () => void) => ReactNode;
  close: () => void;
}

function Actions({ render, close }: ActionsProps): ReactElement {
  return <div {...asPart('assistant-combobox-actions')}>{render(close)}</div>;
}

interface AssistantOptionListProps {
  choices: AssistantChoices;
  hasMatch: boolean;
}

/** The assistants that match, or the reason why there are none. */
function AssistantOptionList({ choices, hasMatch }: AssistantOptionListProps): ReactElement {
  const texts = useCompleteTexts().assistant;
  const { assistants, error, onRetry, hasMore = false, isLoadingMore = false } = choices;
  const onLoadMore = (): void => choices.onLoadMore?.();
  const isLoading = isLoadingMore || (assistants === undefined && !error);
  const onScroll = ({ currentTarget: list }: UIEvent<HTMLElement>): void => {
    const remaining = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (remaining < list.clientHeight && canLoadMore(choices)) onLoadMore();
  };
  return (
    <>
      <Combobox.Empty {...asPart('assistant-options-empty')}>
        {!isLoading && !error && !hasMore && !hasMatch && getEmptyText(assistants, texts)}
      </Combobox.Empty>
      <Combobox.List {...asPart('assistant-options')} aria-label={texts.choose} onScroll={onScroll}>
        {(assistant: Assistant) => <AssistantOption key={assistant.id} assistant={assistant} />}
      </Combobox.List>
      {error && <ErrorNotice error={error} onRetry={onRetry} />}
      {isLoading && !hasMatch ? (
        <Loading />
      ) : (
        <LoadMore hasMore={hasMore && !error} isLoading={isLoadingMore} onLoad={onLoadMore} />
      )}
    </>
  );
}

function AssistantOption({ assistant }: { assistant: Assistant }): ReactElement {
  const texts = useCompleteTexts().assistant;
  const description = assistant.description?.trim();
  return (
    <Combobox.Item value={assistant} {...asPart('assistant-option')}>
      <span {...asPart('assistant-option-mark')}>
        <Combobox.ItemIndicator>
          <Check />
        </Combobox.ItemIndicator>
      </span>
      <span {...asPart('assistant-option-text')}>
        <span {...asPart('assistant-option-name')} dir="auto">
          {truncate(assistant.name?.trim() || texts.unnamed, 200)}
        </span>
        {description && (
          <span {...asPart('assistant-option-description')} dir="auto">
            {truncate(description, 200)}
          </span>
        )}
      </span>
      <bdi {...asPart('assistant-option-model')}>{truncate(assistant.model, 60)}</bdi>
    </Combobox.Item>
  );
}

/** Loads pages until an assistant matches, because the server has no search. Stops at an error. */
function useSearchOfMorePages(choices: AssistantChoices, isSearching: boolean): void {
  const { onLoadMore } = choices;
  const isNeeded = isSearching && canLoadMore(choices);
  useEffect(() => {
    if (isNeeded) onLoadMore?.();
  }, [isNeeded, onLoadMore]);
}

function canLoadMore({ hasMore, isLoadingMore, error }: AssistantChoices): boolean {
  return hasMore === true && isLoadingMore !== true && !error;
}

function getEmptyText(
  assistants: readonly Assistant[] | undefined,
  { none, noMatch }: { none: string; noMatch: string },
): string {
  return assistants?.length === 0 ? none : noMatch;
}

/** Returns the assistants whose name, description and model contain all words of the query, without case and accents. */
function findAssistants(assistants: readonly Assistant[], query: string): readonly Assistant[] {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return assistants;
  return assistants.filter(({ name, description, model }) => {
    const text = foldText([name, description, model].join('\n'));
    return words.every((word) => text.includes(word));
  });
}
