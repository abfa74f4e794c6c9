// Generated from lucide-react by `npm run generate`. Do not edit.
// The shapes are Lucide's: ISC License, Copyright (c) Lucide Icons and Contributors; those of Feather: MIT License,
// Copyright (c) Cole Bemis.
import { createIcon } from './Icon.js';

export const Archive = /* @__PURE__ */ createIcon('archive', 'M3 3h18a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-18a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM4 8v11a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8M10 12h4');
export const ArchiveRestore = /* @__PURE__ */ createIcon('archive-restore', 'M3 3h18a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-18a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM4 8v11a2 2 0 0 0 2 2h2M20 8v11a2 2 0 0 1-2 2h-2M0 0m9 15 3-3 3 3M12 12v9');
export const Ban = /* @__PURE__ */ createIcon('ban', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM4.9 4.9 19.1 19.1');
export const ChevronRight = /* @__PURE__ */ createIcon('chevron-right', 'M0 0m9 18 6-6-6-6');
export const ChevronsUpDown = /* @__PURE__ */ createIcon('chevrons-up-down', 'M0 0m7 15 5 5 5-5M0 0m7 9 5-5 5 5');
export const CircleHelp = /* @__PURE__ */ createIcon('circle-help', 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5M12 17h.01');
export const Code = /* @__PURE__ */ createIcon('code', 'M0 0m16 18 6-6-6-6M0 0m8 6-6 6 6 6');
export const Download = /* @__PURE__ */ createIcon('download', 'M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M0 0m7 10 5 5 5-5');
export const Ellipsis = /* @__PURE__ */ createIcon('ellipsis', 'M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0z');
export const FileText = /* @__PURE__ */ createIcon('file-text', 'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.7.7l3.6 3.6A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M10 9H8M16 13H8M16 17H8');
export const ImageOff = /* @__PURE__ */ createIcon('image-off', 'M2 2L22 22M10.4 10.4a2 2 0 1 1-2.8-2.8M13.5 13.5L6 21M18 12L21 15M3.6 3.6A2.0 2.0 0 0 0 3 5v14a2 2 0 0 0 2 2h14c.6 0 1.1-.2 1.4-.6M21 15V5a2 2 0 0 0-2-2H9');
export const Link = /* @__PURE__ */ createIcon('link', 'M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7.1-7.1l-1.7 1.7M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7.1 7.1l1.7-1.7');
export const LoaderCircle = /* @__PURE__ */ createIcon('loader-circle', 'M21 12a9 9 0 1 1-6.2-8.6');
export const MessageSquareText = /* @__PURE__ */ createIcon('message-square-text', 'M22 17a2 2 0 0 1-2 2H6.8a2 2 0 0 0-1.4.6l-2.2 2.2A.7.7 0 0 1 2 21.3V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM7 11h10M7 15h6M7 7h8');
export const Mic = /* @__PURE__ */ createIcon('mic', 'M12 19v3M19 10v2a7 7 0 0 1-14 0v-2M12 2h0a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-0a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3z');
export const Pin = /* @__PURE__ */ createIcon('pin', 'M12 17v5M9 10.8a2 2 0 0 1-1.1 1.8l-1.8.9A2 2 0 0 0 5 15.2V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-.8a2 2 0 0 0-1.1-1.8l-1.8-.9A2 2 0 0 1 15 10.8V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H8a2 2 0 0 0 0 4 1 1 0 0 1 1 1z');
export const PinOff = /* @__PURE__ */ createIcon('pin-off', 'M12 17v5M15 9.3V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H7.9M0 0m2 2 20 20M9 9v1.8a2 2 0 0 1-1.1 1.8l-1.8.9A2 2 0 0 0 5 15.2V16a1 1 0 0 0 1 1h11');
export const Plus = /* @__PURE__ */ createIcon('plus', 'M5 12h14M12 5v14');
export const Search = /* @__PURE__ */ createIcon('search', 'M0 0m21 21-4.3-4.3M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0z');
export const TextQuote = /* @__PURE__ */ createIcon('text-quote', 'M17 5H3M21 12H8M21 19H8M3 12v7');
export const ThumbsDown = /* @__PURE__ */ createIcon('thumbs-down', 'M9 18.1 10 14H4.2a2 2 0 0 1-1.9-2.6l2.3-8A2 2 0 0 1 6.5 2H20a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2.8a2 2 0 0 0-1.8 1.1L12 22a3.1 3.1 0 0 1-3-3.9ZM17 14V2');
export const ThumbsUp = /* @__PURE__ */ createIcon('thumbs-up', 'M15 5.9 14 10h5.8a2 2 0 0 1 1.9 2.6l-2.3 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.8a2 2 0 0 0 1.8-1.1L12 2a3.1 3.1 0 0 1 3 3.9ZM7 10v12');
export const Trash = /* @__PURE__ */ createIcon('trash', 'M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2');
export const Volume2 = /* @__PURE__ */ createIcon('volume2', 'M11 4.7a.7.7 0 0 0-1.2-.5L6.4 7.6A1.4 1.4 0 0 1 5.4 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2.4a1.4 1.4 0 0 1  1.0.4l3.4 3.4A.7.7 0 0 0 11 19.3zM16 9a5 5 0 0 1 0 6M19.4 18.4a9 9 0 0 0 0-12.7');
export const WrapText = /* @__PURE__ */ createIcon('wrap-text', 'M0 0m16 16-3 3 3 3M3 12h14.5a1 1 0 0 1 0 7H13M3 19h6M3 5h18');
export const Wrench = /* @__PURE__ */ createIcon('wrench', 'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.1-3.1c.3-.3.9-.2 1.0.2a6 6 0 0 1-8.3 7.1l-7.9 7.9a1 1 0 0 1-3.0-3l7.9-7.9a6 6 0 0 1 7.1-8.3c.4.1.5.7.2 1.0z');
export const ZoomIn = /* @__PURE__ */ createIcon('zoom-in', 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0zM21 21L16.6 16.6M11 8L11 14M8 11L14 11');
export const ZoomOut = /* @__PURE__ */ createIcon('zoom-out', 'M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0zM21 21L16.6 16.6M8 11L14 11');
