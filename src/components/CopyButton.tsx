import type { ReactElement } from 'react';
import type { ButtonProps } from './Button.js';
import { useTexts } from './i18n/useTexts.js';
import { IconButton } from './IconButton.js';
import { Check, Copy, X } from './icons.js';
import { useCopy, type CopyOutcome } from './useCopy.js';
import { asPart } from './part.js';

/** Props of `CopyButton`. */
export interface CopyButtonProps extends Omit<ButtonProps, 'children'> {
  /** Text to copy, or a function that returns it when the user copies. */
  text: string | (() => string);
  /** Accessible name, for example "Copy code". */
  label: string;
  /** True to show a word beside the icon, or the word to show. @default false */
  hasWord?: boolean | string | undefined;
  /** Writes the text to the clipboard in other formats too. Must not reject. @default writes plain text */
  write?: ((text: string) => Promise<CopyOutcome>) | undefined;
}

const ICONS = { idle: Copy, copied: Check, failed: X };

/**
 * Button that copies a text and shows and announces the outcome. Element: button. `data-state`: idle, copied or failed.
 */
export function CopyButton({
  text,
  label,
  hasWord,
  write,
  ...props
}: CopyButtonProps): ReactElement {
  const { copy: word, copied, copyFailed } = useTexts().message;
  const { state, copy } = useCopy(write);
  const Icon = ICONS[state];
  const outcome = { idle: undefined, copied, failed: copyFailed }[state];
  return (
    <>
      <IconButton
        label={label}
        tooltip={outcome ?? label}
        data-state={state}
        {...props}
        onClick={() => void copy(typeof text === 'function' ? text() : text)}
      >
        <Icon />
        {hasWord && <span>{outcome ?? (hasWord === true ? word : hasWord)}</span>}
      </IconButton>
      <output {...asPart('hidden')}>{outcome}</output>
    </>
  );
}
