import { useState } from 'react';

/** Panels beside the thread. */
export interface Panels {
  side: boolean;
  /** Content of the panel at the end. */
  end: 'code' | 'runs' | undefined;
}

const NARROW_PX = 900;
const WIDE_PX = 1_200;

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
  const closed: Panels = { side: false, end: undefined };
  return {
    panels,
    toggleSide: () => setPanels({ ...(isNarrow() ? closed : panels), side: !panels.side }),
    toggleEnd: (shown) =>
      setPanels({
        ...(isNarrow() ? closed : panels),
        end: panels.end === shown ? undefined : shown,
      }),
    closeOnNarrow() {
      if (isNarrow()) setPanels(closed);
    },
  };
}

function isNarrow(): boolean {
  return window.innerWidth < NARROW_PX;
}
