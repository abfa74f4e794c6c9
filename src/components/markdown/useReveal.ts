import { useEffect, useRef, useState } from 'react';

/** A frame that takes longer than this, in milliseconds, is overloaded. */
const SLOW_FRAME = 30;
const QUICK_FRAME = 20;
const MAX_STEP = 3;

/**
 * Returns how many pieces of a long text to render: the first immediately, the others over the next frames. A text that grows
 * while all of it is rendered stays rendered.
 */
export function useReveal(count: number): number {
  const [state, setState] = useState({ shown: Math.min(count, 1), count });
  const pace = useRef({ step: 1, at: 0 });
  let { shown } = state;
  if (state.count !== count) {
    const wasWhole = state.shown >= state.count;
    shown = wasWhole && count - state.count <= 1 ? count : Math.min(state.shown, count);
    setState({ shown, count });
  }

  useEffect(() => {
    if (shown >= count) return undefined;
    const frame = requestAnimationFrame((now) => {
      const took = now - pace.current.at;
      if (took > SLOW_FRAME) pace.current.step = 1;
      else if (took < QUICK_FRAME) pace.current.step = Math.min(MAX_STEP, pace.current.step + 1);
      pace.current.at = now;
      setState({ shown: Math.min(count, shown + pace.current.step), count });
    });
    return () => cancelAnimationFrame(frame);
  }, [shown, count]);
  return shown;
}
