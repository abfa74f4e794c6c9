import { useLayoutEffect, useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { containsFocus, getTreeRoot, isFocusNowhere } from '../../../common/treeRoot.js';

/** Ids of the steps whose reasoning is unfolded. */
const unfoldedIds = new Set<string>();
/** Details elements in the page, by the ids of their steps. */
const elements = new Map<string, HTMLDetailsElement>();
/** Id of the step whose summary had the focus when it left the page. */
let focusedId: string | undefined;

/** Result of `useUnfolded`. */
export interface UseUnfoldedResult {
  isUnfolded: boolean;
  /** Props of the details element. */
  props: {
    ref: RefObject<HTMLDetailsElement | null>;
    open: boolean;
    onToggle: (event: SyntheticEvent<HTMLDetailsElement>) => void;
  };
}

/**
 * Keeps the reasoning of a step unfolded, and its focus, when it moves from the end of the thread to its message, or
 * leaves the page and comes back.
 */
export function useUnfolded(stepId: string): UseUnfoldedResult {
  const ref = useRef<HTMLDetailsElement>(null);
  const [isUnfolded, setIsUnfolded] = useState(() => unfoldedIds.has(stepId));
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    if (focusedId === stepId) focusSummary(element);
    focusedId = undefined;
    elements.set(stepId, element);
    return () => {
      const hasFocus = containsFocus(element);
      const other = elements.get(stepId);
      if (other === element) elements.delete(stepId);
      // The new element may come before the old one leaves, or afterwards.
      if (hasFocus && other !== undefined && other !== element) focusSummary(other);
      else if (hasFocus) focusedId = stepId;
    };
  }, [stepId]);
  return {
    isUnfolded,
    props: {
      ref,
      open: isUnfolded,
      onToggle: ({ currentTarget: { open } }) => {
        if (open) unfoldedIds.add(stepId);
        else unfoldedIds.delete(stepId);
        setIsUnfolded(open);
      },
    },
  };
}

/** Moves the focus to a summary, unless the user has moved it elsewhere. */
function focusSummary(element: HTMLDetailsElement): void {
  const focused = getTreeRoot(element).activeElement;
  if (isFocusNowhere(element) || focused?.closest('[data-part="reasoning"]'))
    element.querySelector('summary')?.focus({ preventScroll: true });
}
