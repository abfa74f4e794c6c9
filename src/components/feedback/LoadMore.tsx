import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { LoadButton } from './LoadButton.js';

/** State of `LoadMore`. */
export interface LoadMoreState {
  loading: boolean;
}

/** Props of `LoadMore`. */
export interface LoadMoreProps extends Omit<
  PartProps<'div', LoadMoreState>,
  'children' | 'onLoad'
> {
  /** True if there are more entries. If false, the part renders nothing. */
  hasMore: boolean;
  /** @default false */
  isLoading?: boolean | undefined;
  /** Not called while loading. */
  onLoad: () => void;
}

/** Button that loads the next page at the end of a list. Element: div. `data-loading`. */
export function LoadMore({
  hasMore,
  isLoading = false,
  onLoad,
  ...props
}: LoadMoreProps): ReactElement | null {
  const texts = useCompleteTexts();
  if (!hasMore) return null;
  const children = (
    <LoadButton
      label={texts.list.loadMore}
      loadingLabel={texts.list.loading}
      isLoading={isLoading}
      onLoad={onLoad}
    />
  );
  return createPart(
    { tag: 'div', name: 'load-more', state: { loading: isLoading }, defaultProps: { children } },
    props,
  );
}
