import type { UserScrollObserver } from './observeUserScroll.js';

/** Elements of a list that keeps its position. */
export interface ScrollElements {
  /** The element that scrolls. */
  scroller: HTMLElement;
  /**
   * Element inside the scroller that holds everything that grows. Rows carry their key in `data-key`; an element that
   * waits for an action of the user carries `data-waiting`.
   */
  content: HTMLElement;
}

/** Attached elements with their scroll observer. */
export interface ScrollView extends ScrollElements {
  userScroll: UserScrollObserver;
}
