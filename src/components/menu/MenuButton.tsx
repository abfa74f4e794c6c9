import type { ReactElement, ReactNode } from 'react';
import { createLazyModule } from '../../common/createLazyModule.js';
import type { ButtonProps } from '../Button.js';
import { Ellipsis } from '../icons.lazy.js';
import { createPart, mergeProps } from '../part.js';
import { usePopupButton } from '../popup/usePopupButton.js';
import { useTooltip } from '../tooltip/useTooltip.js';
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
  const { buttonProps, open } = usePopupButton(menuModule);
  const label = props['aria-label'];
  const { handlers, tooltip } = useTooltip(label);
  return (
    <>
      {createPart(
        {
          tag: 'button',
          name: 'button',
          state: { variant },
          defaultProps: {
            ...mergeProps<ButtonProps>(handlers, buttonProps),
            'aria-haspopup': 'menu',
            children,
          },
        },
        props,
      )}
      {open ? <open.Popup {...open.controls} label={label} items={items} /> : tooltip}
    </>
  );
}
