import { Check, Copy, X } from './icons.js';
import type { ReactElement } from 'react';
import { Button, type ButtonProps } from './Button.js';
import { useTexts } from './i18n/useTexts.js';
import { useCopy } from './useCopy.js';

/** Props of `CopyButton`. */
export interface CopyButtonProps extends Omit<ButtonProps, 'children'> {
  /** What is copied. */
  text: string;
  /** What the button is called, for example "Copy code". */
  label: string;
}

const ICONS = { idle: Copy, copied: Check, failed: X };

/** Copies a text and says whether it worked. Element: button. `data-state`: idle, copied or failed. */
export function CopyButton({ text, label, ...props }: CopyButtonProps): ReactElement {
  const texts = useTexts();
  const { state, copy } = useCopy();
  const Icon = ICONS[state];
  const said =
    state === 'idle'
      ? undefined
      : state === 'copied'
        ? texts.message.copied
        : texts.message.copyFailed;
  return (
    <>
      <Button
        variant="icon"
        aria-label={label}
        title={said ?? label}
        data-state={state}
        {...props}
        onClick={() => void copy(text)}
      >
        <Icon />
      </Button>
      <output data-part="hidden">{said}</output>
    </>
  );
}
