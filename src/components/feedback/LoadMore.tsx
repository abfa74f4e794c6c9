import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `LoadMore`. */
export interface LoadMoreProps extends Omit<PartProps<'div'>, 'children' | 'onLoad'> {
  /** Without more there is no button. */
  hasMore: boolean;
  /** @default false */
  isLoading?: boolean | undefined;
  onLoad: NonNullable<ButtonProps['onClick']>;
}

/** Asks for what comes behind the end of a list. Nothing where there is no more. Element: div. `data-loading`. */
export function LoadMore({
  hasMore,
  isLoading = false,
  onLoad,
  ...props
}: LoadMoreProps): ReactElement | null {
  const texts = useConversationTexts();
  if (!hasMore) return null;
  const children = (
    // Not `disabled`, which would take the focus away while it loads.
    <Button
      variant="quiet"
      aria-disabled={isLoading}
      onClick={(event) => (isLoading ? undefined : onLoad(event))}
    >
      {isLoading ? texts.list.loading : texts.list.loadMore}
    </Button>
  );
  return createPart(
    { tag: 'div', name: 'load-more', state: { loading: isLoading }, own: { children } },
    props,
  );
}
