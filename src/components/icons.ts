// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

export const ArrowDown = /* @__PURE__ */ createIcon('arrow-down', 'M12 5v14', 'm19 12-7 7-7-7');
export const ArrowUp = /* @__PURE__ */ createIcon('arrow-up', 'm5 12 7-7 7 7', 'M12 19V5');
export const Check = /* @__PURE__ */ createIcon('check', 'M20 6 9 17l-5-5');
export const CircleAlert = /* @__PURE__ */ createIcon('circle-alert', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z', 'M12 8L12 12', 'M12 16L12.01 16');
export const Copy = /* @__PURE__ */ createIcon('copy', 'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2z', 'M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2');
export const Download = /* @__PURE__ */ createIcon('download', 'M12 15V3', 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4', 'm7 10 5 5 5-5');
export const FileText = /* @__PURE__ */ createIcon('file-text', 'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z', 'M14 2v5a1 1 0 0 0 1 1h5', 'M10 9H8', 'M16 13H8', 'M16 17H8');
export const ImageOff = /* @__PURE__ */ createIcon('image-off', 'M2 2L22 22', 'M10.41 10.41a2 2 0 1 1-2.83-2.83', 'M13.5 13.5L6 21', 'M18 12L21 15', 'M3.59 3.59A1.99 1.99 0 0 0 3 5v14a2 2 0 0 0 2 2h14c.55 0 1.052-.22 1.41-.59', 'M21 15V5a2 2 0 0 0-2-2H9');
export const Paperclip = /* @__PURE__ */ createIcon('paperclip', 'm16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551');
export const Pencil = /* @__PURE__ */ createIcon('pencil', 'M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z', 'm15 5 4 4');
export const RefreshCw = /* @__PURE__ */ createIcon('refresh-cw', 'M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8', 'M21 3v5h-5', 'M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16', 'M8 16H3v5');
export const RotateCw = /* @__PURE__ */ createIcon('rotate-cw', 'M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8', 'M21 3v5h-5');
export const Square = /* @__PURE__ */ createIcon('square', 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2z');
export const ThumbsDown = /* @__PURE__ */ createIcon('thumbs-down', 'M9 18.12 10 14H4.17a2 2 0 0 1-1.92-2.56l2.33-8A2 2 0 0 1 6.5 2H20a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2.76a2 2 0 0 0-1.79 1.11L12 22a3.13 3.13 0 0 1-3-3.88Z', 'M17 14V2');
export const ThumbsUp = /* @__PURE__ */ createIcon('thumbs-up', 'M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z', 'M7 10v12');
export const X = /* @__PURE__ */ createIcon('x', 'M18 6 6 18', 'm6 6 12 12');
