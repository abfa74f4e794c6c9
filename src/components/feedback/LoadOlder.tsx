import type { ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { LoadButton } from './LoadButton.js';

/** State of `LoadOlder`. */
export interface LoadOlderState {
  loading: boolean;
}

/** Props of `LoadOlder`. */
export interface LoadOlderProps extends Omit<
  PartProps<'div', LoadOlderState>,
  'children' | 'onLoad'
> {
  /** True if there are older messages. If false, the part renders nothing. */
  hasOlder: boolean;
  /** @default false */
  isLoading?: boolean | undefined;
  /** Not called while loading. */
  onLoad: () => void;
}

/** Button that loads older messages, above the oldest one. Element: div. `data-loading`. */
export function LoadOlder({
  hasOlder,
  isLoading = false,
  onLoad,
  ...props
}: LoadOlderProps): ReactElement | null {
  const texts = useTexts();
  if (!hasOlder) return null;
  const children = (
    <>
      <LoadButton
        label={texts.list.loadOlder}
        loadingLabel={texts.list.loadingOlder}
        isLoading={isLoading}
        onLoad={onLoad}
      />
      <p {...asPart('print-note')}>{texts.list.olderNotPrinted}</p>
    </>
  );
  return createPart(
    { tag: 'div', name: 'load-older', state: { loading: isLoading }, defaultProps: { children } },
    props,
  );
}
