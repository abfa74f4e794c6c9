import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `LoadOlder`. */
export interface LoadOlderProps extends Omit<PartProps<'div'>, 'children' | 'onLoad'> {
  /** Without older ones there is no button. */
  hasOlder: boolean;
  /** @default false */
  isLoading?: boolean | undefined;
  onLoad: NonNullable<ButtonProps['onClick']>;
}

/** Asks for the messages before the oldest shown. Nothing where there are none. Element: div. `data-loading`. */
export function LoadOlder({
  hasOlder,
  isLoading = false,
  onLoad,
  ...props
}: LoadOlderProps): ReactElement | null {
  const texts = useConversationTexts();
  if (!hasOlder) return null;
  const children = (
    // Not `disabled`, which would take the focus away while it loads.
    <Button
      variant="quiet"
      aria-disabled={isLoading}
      onClick={(event) => (isLoading ? undefined : onLoad(event))}
    >
      {isLoading ? texts.list.loadingOlder : texts.list.loadOlder}
    </Button>
  );
  return createPart(
    { tag: 'div', name: 'load-older', state: { loading: isLoading }, own: { children } },
    props,
  );
}
