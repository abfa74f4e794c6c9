import { useState } from 'react';

interface Panels {
  side: boolean;
  details: boolean;
}

const NARROW_PX = 900;

/** State of the two side panels. On a narrow window a panel covers the thread, so only one is open. */
export function usePanels(): {
  panels: Panels;
  toggle: (panel: keyof Panels) => void;
  closeOnNarrow: () => void;
} {
  const [panels, setPanels] = useState<Panels>({
    side: window.innerWidth >= NARROW_PX,
    details: false,
  });
  const toggle = (panel: keyof Panels) => {
    const others = isNarrow() ? { side: false, details: false } : panels;
    setPanels({ ...others, [panel]: !panels[panel] });
  };
  const closeOnNarrow = () => {
    if (isNarrow()) setPanels({ side: false, details: false });
  };
  return { panels, toggle, closeOnNarrow };
}

function isNarrow(): boolean {
  return window.innerWidth < NARROW_PX;
}
