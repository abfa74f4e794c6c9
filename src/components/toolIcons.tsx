// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import type { ReactElement } from 'react';
import { Icon, type IconProps } from './Icon.js';

export function Ban(props: IconProps): ReactElement {
  return <Icon data-icon="ban" {...props}><circle cx="12" cy="12" r="10" /><path d="M4.929 4.929 19.07 19.071" /></Icon>;
}

export function ChevronRight(props: IconProps): ReactElement {
  return <Icon data-icon="chevron-right" {...props}><path d="m9 18 6-6-6-6" /></Icon>;
}

export function CircleHelp(props: IconProps): ReactElement {
  return <Icon data-icon="circle-help" {...props}><circle cx="12" cy="12" r="10" /><path d="M9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5" /><path d="M12 17h.01" /></Icon>;
}

export function Code(props: IconProps): ReactElement {
  return <Icon data-icon="code" {...props}><path d="m16 18 6-6-6-6" /><path d="m8 6-6 6 6 6" /></Icon>;
}

export function LoaderCircle(props: IconProps): ReactElement {
  return <Icon data-icon="loader-circle" {...props}><path d="M21 12a9 9 0 1 1-6.219-8.56" /></Icon>;
}

export function MessageSquareText(props: IconProps): ReactElement {
  return <Icon data-icon="message-square-text" {...props}><path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z" /><path d="M7 11h10" /><path d="M7 15h6" /><path d="M7 7h8" /></Icon>;
}

export function Plus(props: IconProps): ReactElement {
  return <Icon data-icon="plus" {...props}><path d="M5 12h14" /><path d="M12 5v14" /></Icon>;
}

export function Search(props: IconProps): ReactElement {
  return <Icon data-icon="search" {...props}><path d="m21 21-4.34-4.34" /><circle cx="11" cy="11" r="8" /></Icon>;
}

export function Wrench(props: IconProps): ReactElement {
  return <Icon data-icon="wrench" {...props}><path d="M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z" /></Icon>;
}
