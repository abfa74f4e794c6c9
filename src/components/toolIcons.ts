// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

export const Ban = /* @__PURE__ */ createIcon('ban', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z', 'M4.929 4.929 19.07 19.071');
export const ChevronRight = /* @__PURE__ */ createIcon('chevron-right', 'm9 18 6-6-6-6');
export const CircleHelp = /* @__PURE__ */ createIcon('circle-help', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z', 'M9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5', 'M12 17h.01');
export const Code = /* @__PURE__ */ createIcon('code', 'm16 18 6-6-6-6', 'm8 6-6 6 6 6');
export const LoaderCircle = /* @__PURE__ */ createIcon('loader-circle', 'M21 12a9 9 0 1 1-6.219-8.56');
export const MessageSquareText = /* @__PURE__ */ createIcon('message-square-text', 'M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z', 'M7 11h10', 'M7 15h6', 'M7 7h8');
export const Plus = /* @__PURE__ */ createIcon('plus', 'M5 12h14', 'M12 5v14');
export const Search = /* @__PURE__ */ createIcon('search', 'm21 21-4.34-4.34', 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0z');
export const Wrench = /* @__PURE__ */ createIcon('wrench', 'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z');
