import type { ComponentType, ReactElement, SVGProps } from 'react';

/** Props of an icon. */
export interface IconProps extends SVGProps<SVGSVGElement> {
  /** In CSS pixels. @default 16 */
  size?: number;
}

/** One of the icons. */
export type IconComponent = ComponentType<IconProps>;

/** Shapes of a 24 by 24 grid in the colour of the text. Hidden from assistive technology: words stand beside it. Element: svg. */
export function Icon({ size = 16, ...props }: IconProps): ReactElement {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    />
  );
}
