export interface ScrollMetrics {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Element that waits for an action of the user, such as a tool call to approve. */
export interface WaitingElement {
  /** Distance from the top edge of the scroller. */
  top: number;
  /** Distance from the top of the question that it belongs to, in pixels. Undefined without a question. */
  questionHeight?: number | undefined;
  /** True if it was not there at the last scroll to the end. */
  isNew: boolean;
}

/** Room above a waiting element for the line that announces it. */
const HEADROOM_PX = 48;
/** Part of the view that the question may take. */
const QUESTION_SHARE = 0.5;

/**
 * Returns the scroll position for the end of a list. The top of a waiting element stays in view even if the element is
 * higher than the scroller, unless the user has scrolled past it. So does the question above it, if it is short enough.
 */
export function getEndPosition(
  { scrollTop, scrollHeight, clientHeight }: ScrollMetrics,
  waiting: WaitingElement | undefined,
): number {
  const end = scrollHeight - clientHeight;
  if (waiting === undefined) return Math.max(0, end);
  const { top, questionHeight = 0 } = waiting;
  const fits = questionHeight <= clientHeight * QUESTION_SHARE;
  const head = scrollTop + top - Math.max(HEADROOM_PX, fits ? questionHeight : 0);
  return Math.max(waiting.isNew ? 0 : scrollTop, Math.min(head, end));
}
