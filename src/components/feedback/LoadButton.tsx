import type { ReactElement } from 'react';
import { Button } from '../Button.js';

/** Props of `LoadButton`. */
export interface LoadButtonProps {
  label: string;
  loadingLabel: string;
  isLoading: boolean;
  onLoad: () => void;
}

/** Button that loads another page. It stays focusable while loading: `disabled` would move the focus away. Element: button. */
export function LoadButton({
  label,
  loadingLabel,
  isLoading,
  onLoad,
}: LoadButtonProps): ReactElement {
  const onClick = (): void => {
    if (!isLoading) onLoad();
  };
  return (
    <Button variant="quiet" aria-disabled={isLoading} onClick={onClick}>
      {isLoading ? loadingLabel : label}
    </Button>
  );
}
