import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { insertText } from '../insertText.js';
import { createPart, asPart } from '../../part.js';
import { useComposer } from '../ComposerContext.js';
import type { ComposerChoice, ComposerTrigger } from './ComposerTrigger.js';
import { useTrigger, type OpenChoices } from './useTrigger.js';

/** Props of `ComposerTriggers`. */
export interface ComposerTriggersProps {
  /** The same array in each render, or the choices are loaded again. */
  triggers: readonly ComposerTrigger[];
}

/**
 * Opens a list above the composer when the user writes a trigger, such as `/` or `@`. The focus stays in the text
 * field: arrow keys move through the list, Enter and Tab choose, Escape closes. Keys of an input method are left to it.
 * Element: div, with a listbox while choices are open. Inside `ComposerForm`.
 *
 * @example
 * ```tsx
 * import { ComposerTriggers, Thread, ThreadView, type ComposerTrigger } from 'assistants-react';
 *
 * const commands = [
 *   { id: 'summary', label: 'summary', text: 'Summarize our conversation.' },
 *   { id: 'translate', label: 'translate', text: 'Translate your last answer to ' },
 * ];
 * const triggers: ComposerTrigger<(typeof commands)[number]>[] = [
 *   {
 *     char: '/',
 *     isAtStartOnly: true,
 *     items: (query) => commands.filter(({ label }) => label.startsWith(query)),
 *     onSelect: ({ text }) => text,
 *   },
 * ];
 * const composer = (
 *   <Thread.Composer>
 *     <ComposerTriggers triggers={triggers} />
 *   </Thread.Composer>
 * );
 *
 * export const Chat = () => <ThreadView assistantId="asst_123" composer={composer} />;
 * ```
 */
export function ComposerTriggers({ triggers }: ComposerTriggersProps): ReactElement {
  const texts = useCompleteTexts().composer;
  const format = useFormat();
  const id = useId();
  const { input } = useComposer();
  const { open, dismiss } = useTrigger(triggers);
  const [activeIndex, setActiveIndex] = useActiveIndex(open);
  const choices = open?.choices ?? [];
  const select = (choice: ComposerChoice | undefined): void => {
    if (!open || !choice || !input.current) return;
    const { trigger, start, query } = open;
    const { onSelect = ({ label }) => `${trigger.char}${label} ` } = trigger;
    const end = start + trigger.char.length + query.length;
    insertText(input.current, onSelect(choice) ?? '', start, end);
    input.current.focus();
  };
  const getOptionId = (index: number) => `${id}-${index}`;
  const activeId = choices.length > 0 ? getOptionId(activeIndex) : undefined;
  useFieldAttributes(choices.length > 0 ? id : undefined, activeId);
  useListKeys(choices.length > 0, (key) => {
    if (key === 'Escape') dismiss();
    else if (key === 'Enter' || key === 'Tab') select(choices[activeIndex]);
    else {
      const step = key === 'ArrowDown' ? 1 : -1;
      setActiveIndex((activeIndex + step + choices.length) % choices.length);
    }
  });
  const count = open?.choices?.length;
  const describeCount = (found: number): string =>
    found === 0 ? texts.noChoices : texts.choices(format.number(found), found);
  return (
    <div {...asPart('composer-triggers')}>
      <output {...asPart('hidden')}>{count !== undefined && describeCount(count)}</output>
      {choices.length > 0 && (
        <Listbox id={id} label={open?.trigger.char ?? ''}>
          {choices.map((choice, index) => (
            <Choice
              key={choice.id}
              id={getOptionId(index)}
              choice={choice}
              isActive={index === activeIndex}
              onSelect={() => select(choice)}
            />
          ))}
        </Listbox>
      )}
    </div>
  );
}

interface ListboxProps {
  id: string;
  label: string;
  children: ReactNode;
}

function Listbox({ id, label, children }: ListboxProps): ReactElement | null {
  const defaultProps = { id, role: 'listbox', 'aria-label': label, children };
  return createPart({ tag: 'div', name: 'composer-choices', defaultProps }, {});
}

interface ChoiceProps {
  id: string;
  choice: ComposerChoice;
  isActive: boolean;
  onSelect: () => void;
}

function Choice({ id, choice, isActive, onSelect }: ChoiceProps): ReactElement | null {
  const children = (
    <>
      {choice.icon}
      <span {...asPart('composer-choice-text')}>
        <bdi>{choice.label}</bdi>
        {choice.description !== undefined && (
          <span {...asPart('muted')} dir="auto">
            {choice.description}
          </span>
        )}
      </span>
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'composer-choice',
      defaultProps: {
        // Set when the choice becomes active.
        ref: isActive ? scrollIntoView : undefined,
        id,
        role: 'option',
        'aria-selected': isActive,
        children,
        // The text field keeps the focus.
        onMouseDown: (event: MouseEvent) => event.preventDefault(),
        onClick: onSelect,
      },
    },
    {},
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** Index of the choice that Enter selects: the first one for each new list. */
function useActiveIndex(open: OpenChoices | undefined): [number, (index: number) => void] {
  const [active, setActive] = useState<{ choices: OpenChoices['choices']; index: number }>();
  const choices = open?.choices;
  const index = active?.choices === choices ? (active?.index ?? 0) : 0;
  return [index, (next) => setActive({ choices, index: next })];
}

/** Tells assistive technology which list the text field controls. React does not know these attributes, so it keeps them. */
function useFieldAttributes(listId: string | undefined, activeId: string | undefined): void {
  const { input } = useComposer();
  useLayoutEffect(() => {
    const field = input.current;
    if (!field) return undefined;
    const attributes = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': listId,
      'aria-activedescendant': activeId,
    };
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined) field.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(attributes)) field.removeAttribute(name);
    };
  }, [input, listId, activeId]);
}

const LIST_KEYS = new Set(['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape']);
/** Key code that browsers report for keys which the input method handles. */
const INPUT_METHOD_KEY = 229;

/** Takes the keys of an open list from the text field, before the composer sees them. */
function useListKeys(isOpen: boolean, onKey: (key: string) => void): void {
  const { input } = useComposer();
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const field = input.current;
    if (!field || !isOpen) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, isComposing, keyCode, shiftKey, ctrlKey, metaKey, altKey } = event;
      const isOfInputMethod = isComposing || keyCode === INPUT_METHOD_KEY;
      const hasModifier = shiftKey || ctrlKey || metaKey || altKey;
      if (isOfInputMethod || hasModifier || !LIST_KEYS.has(key)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(key);
    };
    field.addEventListener('keydown', onKeyDown);
    return () => field.removeEventListener('keydown', onKeyDown);
  }, [input, isOpen]);
}
