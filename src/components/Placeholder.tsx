'use client';

import type { ReactElement } from 'react';

/** Stands here until the first real component does. */
export function Placeholder(): ReactElement {
  return <p data-part="placeholder">assistants-react</p>;
}
