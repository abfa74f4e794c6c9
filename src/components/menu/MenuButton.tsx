import {
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { createLazyModule } from '../../common/createLazyModule.js';
import type { ButtonProps } from '../Button.js';
import { Ellipsis } from '../icons.lazy.js';
import { createPart } from '../part.js';
import { usePopupCode } from '../popup/usePopupCode.js';
import type { MenuItem } from './MenuItem.js';

/** Props of `MenuButton`. */
export interface MenuButtonProps extends ButtonProps {
  items: readonly MenuItem[];
  /** Name of the button and its menu. */
  'aria-label': string;
  /** Content of the button. @default three dots */
  children?: ReactNode;
}

const menuModule = createLazyModule(
  async () => (await import('./MenuButton.lazy.js')).MenuPopup,
  String,
);

/**
 * Button that opens a menu of Base UI. The menu has the keys of the ARIA menu pattern: arrows, Home, End, the first letters of an
 * entry, Escape. Its code is loaded when the browser is idle. Element: button, and beside it the open menu, `data-part="menu"`.
 *
 * @example
 * ```tsx
 * import { MenuButton } from 'assistants-react';
 *
 * export function More({ onShare }: { onShare: () => void }) {
 *   return <MenuButton aria-label="More" items={[{ label: 'Share', onSelect: onShare }]} />;
 * }
 * ```
 */
export function MenuButton({
  items,
  variant = 'icon',
  children = <Ellipsis size={16} />,
  ...props
}: MenuButtonProps): ReactElement {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [initialFocus, setInitialFocus] = useState<'first' | 'last'>();
  const { value: Popup } = usePopupCode(menuModule, initialFocus !== undefined);
  const isShown = initialFocus !== undefined && Popup !== undefined;
  const close = (): void => setInitialFocus(undefined);
  const label = props['aria-label'];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    setInitialFocus(event.key === 'ArrowDown' ? 'first' : 'last');
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
            title: label,
            type: 'button',
            'aria-haspopup': 'menu',
            'aria-expanded': isShown,
            'aria-controls': isShown ? id : undefined,
            children,
            onClick: () => (initialFocus === undefined ? setInitialFocus('first') : close()),
            onKeyDown,
            // A menu that is still loading must not take the focus from where the user has moved it.
            onBlur: () => {
              if (!isShown) close();
            },
          },
        },
        props,
      )}
      {isShown && (
        <Popup
          id={id}
          label={label}
          items={items}
          initialFocus={initialFocus}
          button={button}
          onClose={close}
        />
      )}
    </>
  );
}
