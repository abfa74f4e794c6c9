import type { CSSProperties } from 'react';
import { asPart } from '../part.js';

/** Props of the element around a popup. */
interface PopupProps {
  ref: (element: HTMLElement | null) => void;
  'data-part': 'popup';
  className: string;
  positionMethod: 'fixed';
  side: 'bottom';
  sideOffset: number;
  collisionPadding: number;
}

/** Distance between a button and its popup, and between a popup and the edge of the window, in CSS pixels. */
const GAP = 4;
const MARGIN = 8;

/**
 * Props of Base UI's positioners. A native popover lies above everything else, also above modal dialogs, and nothing clips it.
 * Browsers without popovers show it in place.
 */
export const popupProps: PopupProps = {
  ref: showPopover,
  ...asPart('popup'),
  positionMethod: 'fixed',
  side: 'bottom',
  sideOffset: GAP,
  collisionPadding: MARGIN,
};

/**
 * Props of the element beside a button that contains its popup: out of the flow, so that no gap of a flex or grid
 * container appears. Popups stay in the tree of their button, so they work in shadow roots, dialogs and other windows
 * without a container of the app.
 */
export const popupHostProps: {
  'data-part': 'popup-host';
  className: string;
  style: CSSProperties;
} = {
  ...asPart('popup-host'),
  style: { position: 'fixed' },
};

function showPopover(element: HTMLElement | null): void {
  if (!element?.isConnected || !('showPopover' in element)) return;
  element.popover = 'manual';
  if (!element.matches(':popover-open')) element.showPopover();
}
