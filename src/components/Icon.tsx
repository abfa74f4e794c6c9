import type { ReactElement, SVGProps } from 'react';

/** Props of an icon. */
export interface IconProps extends SVGProps<SVGSVGElement> {
  /** In CSS pixels. @default 16 */
  size?: number;
}

/** One of the icons. */
export type IconComponent = (props: IconProps) => ReactElement;

/**
 * An icon of lines on a 24 by 24 grid, in the colour of the text. Hidden from assistive technology: words stand beside it.
 * Element: svg. `data-icon` is its name.
 */
export function createIcon(name: string, ...lines: readonly string[]): IconComponent {
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
        {lines.map((line) => (
          <path key={line} d={line} />
        ))}
      </svg>
    );
  };
}
