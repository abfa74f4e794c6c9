// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License, Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

export const Ban = /* @__PURE__ */ createIcon('ban', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z', 'M4.9 4.9 19.1 19.1');
export const ChevronRight = /* @__PURE__ */ createIcon('chevron-right', 'm9 18 6-6-6-6');
export const CircleHelp = /* @__PURE__ */ createIcon('circle-help', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0z', 'M9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5', 'M12 17h.01');
export const Code = /* @__PURE__ */ createIcon('code', 'm16 18 6-6-6-6', 'm8 6-6 6 6 6');
export const LoaderCircle = /* @__PURE__ */ createIcon('loader-circle', 'M21 12a9 9 0 1 1-6.2-8.6');
export const MessageSquareText = /* @__PURE__ */ createIcon('message-square-text', 'M22 17a2 2 0 0 1-2 2H6.8a2 2 0 0 0-1.4.6l-2.2 2.2A.7.7 0 0 1 2 21.3V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z', 'M7 11h10', 'M7 15h6', 'M7 7h8');
export const Plus = /* @__PURE__ */ createIcon('plus', 'M5 12h14', 'M12 5v14');
export const Search = /* @__PURE__ */ createIcon('search', 'm21 21-4.3-4.3', 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0z');
export const Wrench = /* @__PURE__ */ createIcon('wrench', 'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.1-3.1c.3-.3.9-.2 1.0.2a6 6 0 0 1-8.3 7.1l-7.9 7.9a1 1 0 0 1-3.0-3l7.9-7.9a6 6 0 0 1 7.1-8.3c.4.1.5.7.2 1.0z');
