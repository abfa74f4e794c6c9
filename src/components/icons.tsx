// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import type { ReactElement } from 'react';
import { Icon, type IconProps } from './Icon.js';

export function ArrowDown(props: IconProps): ReactElement {
  return <Icon data-icon="arrow-down" {...props}><path d="M12 5v14" /><path d="m19 12-7 7-7-7" /></Icon>;
}

export function ArrowUp(props: IconProps): ReactElement {
  return <Icon data-icon="arrow-up" {...props}><path d="m5 12 7-7 7 7" /><path d="M12 19V5" /></Icon>;
}

export function Check(props: IconProps): ReactElement {
  return <Icon data-icon="check" {...props}><path d="M20 6 9 17l-5-5" /></Icon>;
}

export function CircleAlert(props: IconProps): ReactElement {
  return <Icon data-icon="circle-alert" {...props}><circle cx="12" cy="12" r="10" /><line x1="12" x2="12" y1="8" y2="12" /><line x1="12" x2="12.01" y1="16" y2="16" /></Icon>;
}

export function Copy(props: IconProps): ReactElement {
  return <Icon data-icon="copy" {...props}><rect width="14" height="14" x="8" y="8" rx="2" ry="2" /><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2" /></Icon>;
}

export function Download(props: IconProps): ReactElement {
  return <Icon data-icon="download" {...props}><path d="M12 15V3" /><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4" /><path d="m7 10 5 5 5-5" /></Icon>;
}

export function FileText(props: IconProps): ReactElement {
  return <Icon data-icon="file-text" {...props}><path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z" /><path d="M14 2v5a1 1 0 0 0 1 1h5" /><path d="M10 9H8" /><path d="M16 13H8" /><path d="M16 17H8" /></Icon>;
}

export function ImageOff(props: IconProps): ReactElement {
  return <Icon data-icon="image-off" {...props}><line x1="2" x2="22" y1="2" y2="22" /><path d="M10.41 10.41a2 2 0 1 1-2.83-2.83" /><line x1="13.5" x2="6" y1="13.5" y2="21" /><line x1="18" x2="21" y1="12" y2="15" /><path d="M3.59 3.59A1.99 1.99 0 0 0 3 5v14a2 2 0 0 0 2 2h14c.55 0 1.052-.22 1.41-.59" /><path d="M21 15V5a2 2 0 0 0-2-2H9" /></Icon>;
}

export function Paperclip(props: IconProps): ReactElement {
  return <Icon data-icon="paperclip" {...props}><path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551" /></Icon>;
}

export function Pencil(props: IconProps): ReactElement {
  return <Icon data-icon="pencil" {...props}><path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z" /><path d="m15 5 4 4" /></Icon>;
}

export function RefreshCw(props: IconProps): ReactElement {
  return <Icon data-icon="refresh-cw" {...props}><path d="M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8" /><path d="M21 3v5h-5" /><path d="M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16" /><path d="M8 16H3v5" /></Icon>;
}

export function RotateCw(props: IconProps): ReactElement {
  return <Icon data-icon="rotate-cw" {...props}><path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8" /><path d="M21 3v5h-5" /></Icon>;
}

export function Square(props: IconProps): ReactElement {
  return <Icon data-icon="square" {...props}><rect width="18" height="18" x="3" y="3" rx="2" /></Icon>;
}

export function ThumbsDown(props: IconProps): ReactElement {
  return <Icon data-icon="thumbs-down" {...props}><path d="M9 18.12 10 14H4.17a2 2 0 0 1-1.92-2.56l2.33-8A2 2 0 0 1 6.5 2H20a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2.76a2 2 0 0 0-1.79 1.11L12 22a3.13 3.13 0 0 1-3-3.88Z" /><path d="M17 14V2" /></Icon>;
}

export function ThumbsUp(props: IconProps): ReactElement {
  return <Icon data-icon="thumbs-up" {...props}><path d="M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z" /><path d="M7 10v12" /></Icon>;
}

export function X(props: IconProps): ReactElement {
  return <Icon data-icon="x" {...props}><path d="M18 6 6 18" /><path d="m6 6 12 12" /></Icon>;
}
