import type { ReactElement, SVGProps } from 'react';

/** Props of an icon. */
export interface IconProps extends SVGProps<SVGSVGElement> {
  /** In CSS pixels. @default 16 */
  size?: number;
}

/** Component of an icon. */
export type IconComponent = (props: IconProps) => ReactElement;

/**
 * Creates an icon component: lines on a 24 by 24 grid, in the color of the text. Icons are hidden from assistive technology,
 * because the element around them has a text or a label. Element: svg. `data-icon` is the name of the icon.
 *
 * @param path `d` attribute of the path element.
 */
export function createIcon(name: string, path: string): IconComponent {
  return function Icon({ size = 16, ...props }) {
    return (
      <svg
        data-icon={name}
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
      >
        <path d={path} />
      </svg>
    );
  };
}
