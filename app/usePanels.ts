import { useEffect, useState } from 'react';

/** Panels beside the thread. */
export interface Panels {
  side: boolean;
  /** Content of the panel at the end. */
  end: 'code' | 'runs' | undefined;
}

const NARROW_PX = 900;
const WIDE_PX = 1_200;
const CLOSED: Panels = { side: false, end: undefined };

/** State of the side panels. On a narrow window a panel covers the thread, so only one is open. */
export function usePanels(): {
  panels: Panels;
  toggleSide: () => void;
  toggleEnd: (shown: 'code' | 'runs') => void;
  closeOnNarrow: () => void;
} {
  const [panels, setPanels] = useState<Panels>({
    side: !isNarrow(),
    end: window.innerWidth >= WIDE_PX ? 'code' : undefined,
  });
  useEffect(() => {
    // Two panels beside the thread would both cover it.
    const narrow = window.matchMedia(`(width < ${NARROW_PX}px)`);
    const closeAll = () => narrow.matches && setPanels(CLOSED);
    narrow.addEventListener('change', closeAll);
    return () => narrow.removeEventListener('change', closeAll);
  }, []);
  return {
    panels,
    toggleSide: () => setPanels({ ...(isNarrow() ? CLOSED : panels), side: !panels.side }),
    toggleEnd: (shown) =>
      setPanels({
        ...(isNarrow() ? CLOSED : panels),
        end: panels.end === shown ? undefined : shown,
      }),
    closeOnNarrow() {
      if (isNarrow()) setPanels(CLOSED);
    },
  };
}

function isNarrow(): boolean {
  return window.innerWidth < NARROW_PX;
}
