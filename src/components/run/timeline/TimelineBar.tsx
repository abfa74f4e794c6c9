import type { CSSProperties, ReactElement } from 'react';
import type { TimelineSpan } from './getRunTimeline.js';
import { asPart } from '../../part.js';

/** Props of `TimelineBar`. */
interface TimelineBarProps extends TimelineSpan {
  /** Length of the axis in seconds. */
  length: number;
}

/** Bar on a track. Element: span. `data-phase`, `--start`, `--size`. */
export function TimelineBar({ phase, start, end, length }: TimelineBarProps): ReactElement {
  const style = {
    '--start': toPercent(start / length),
    '--size': toPercent((end - start) / length),
  } as CSSProperties;
  return <span {...asPart('timeline-bar')} data-phase={phase} style={style} />;
}

/** Formats a fraction as a percentage for CSS. */
export function toPercent(fraction: number): string {
  return `${Math.round(fraction * 10_000) / 100}%`;
}
