import type { ReactElement } from 'react';
import { Button, type ButtonProps } from './Button.js';
import { mergeProps } from './part.js';
import { useTooltip } from './tooltip/useTooltip.js';

/** Props of `IconButton`. */
export interface IconButtonProps extends ButtonProps {
  /** Accessible name. */
  label: string;
  /** Text that appears when the button is hovered, or focused with the keyboard. @default the label */
  tooltip?: string | undefined;
  /** @default 'icon' */
  variant?: ButtonProps['variant'];
}

/**
 * Button whose content is an icon, with a tooltip of Base UI. Element: button, and beside it the open tooltip,
 * `data-part="tooltip"`.
 *
 * @example
 * ```tsx
 * import { IconButton } from 'assistants-react';
 *
 * export function Share({ onShare }: { onShare: () => void }) {
 *   return (
 *     <IconButton label="Share" onClick={onShare}>
 *       ↗
 *     </IconButton>
 *   );
 * }
 * ```
 */
export function IconButton({
  label,
  tooltip: text = label,
  ...props
}: IconButtonProps): ReactElement {
  const { handlers, tooltip } = useTooltip(text);
  return (
    <>
      <Button variant="icon" aria-label={label} {...mergeProps<ButtonProps>(handlers, props)} />
      {tooltip}
    </>
  );
}
