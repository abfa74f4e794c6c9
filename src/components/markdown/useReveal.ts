import { useEffect, useRef, useState } from 'react';

/** A longer frame, in milliseconds, renders too many pieces. */
const SLOW_FRAME_MS = 30;
/** A shorter frame, in milliseconds, has time for more pieces. */
const FAST_FRAME_MS = 20;
const MAX_PIECES_PER_FRAME = 3;

/**
 * Returns how many pieces of a long text are rendered: the first one immediately, the others over the next frames. Once
 * all pieces of a growing text are rendered, added pieces are rendered immediately.
 */
export function useReveal(count: number): number {
  const [state, setState] = useState({ revealed: Math.min(count, 1), count });
  const pace = useRef<Pace>({ pieces: 1, startMs: 0 });
  let { revealed } = state;
  if (state.count !== count) {
    const hasGrownByOne = revealed >= state.count && count - state.count <= 1;
    revealed = hasGrownByOne ? count : Math.min(revealed, count);
    setState({ revealed, count });
  }

  useEffect(() => {
    if (revealed >= count) return undefined;
    const frame = requestAnimationFrame((nowMs) => {
      pace.current = adjustPace(pace.current, nowMs);
      setState({ revealed: Math.min(count, revealed + pace.current.pieces), count });
    });
    return () => cancelAnimationFrame(frame);
  }, [revealed, count]);
  return revealed;
}

interface Pace {
  /** Pieces per frame. */
  pieces: number;
  /** Start of the last frame. */
  startMs: number;
}

function adjustPace({ pieces, startMs }: Pace, nowMs: number): Pace {
  const frameMs = nowMs - startMs;
  const hasTime = frameMs < FAST_FRAME_MS && pieces < MAX_PIECES_PER_FRAME;
  const next = hasTime ? pieces + 1 : pieces;
  return { pieces: frameMs > SLOW_FRAME_MS ? 1 : next, startMs: nowMs };
}
