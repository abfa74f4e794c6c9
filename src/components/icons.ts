// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License,
// Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

export const ArrowDown = /* @__PURE__ */ createIcon('arrow-down', 'M12 5v14M0 0m19 12-7 7-7-7');
export const ArrowUp = /* @__PURE__ */ createIcon('arrow-up', 'M0 0m5 12 7-7 7 7M12 19V5');
export const Check = /* @__PURE__ */ createIcon('check', 'M20 6 9 17l-5-5');
export const CircleAlert = /* @__PURE__ */ createIcon('circle-alert', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM12 8L12 12M12 16L12.01 16');
export const Copy = /* @__PURE__ */ createIcon('copy', 'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2');
export const Paperclip = /* @__PURE__ */ createIcon('paperclip', 'M0 0m16 6-8.4 8.6a2 2 0 0 0 2.8 2.8l8.4-8.6a4 4 0 1 0-5.7-5.7l-8.4 8.6a6 6 0 1 0 8.5 8.5l8.4-8.6');
export const Pencil = /* @__PURE__ */ createIcon('pencil', 'M21.2 6.8a1 1 0 0 0-4.0-4.0L3.8 16.2a2 2 0 0 0-.5.8l-1.3 4.4a.5.5 0 0 0 .6.6l4.4-1.3a2 2 0 0 0 .8-.5zM0 0m15 5 4 4');
export const RotateCw = /* @__PURE__ */ createIcon('rotate-cw', 'M21 12a9 9 0 1 1-9-9c2.5 0 4.9 1 6.7 2.7L21 8M21 3v5h-5');
export const Square = /* @__PURE__ */ createIcon('square', 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2z');
export const X = /* @__PURE__ */ createIcon('x', 'M18 6 6 18M0 0m6 6 12 12');
