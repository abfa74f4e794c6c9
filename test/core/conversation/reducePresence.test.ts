import { expect, it } from 'vitest';
import {
  initialPresence,
  reducePresence,
  type PresenceEvent,
} from '../../../src/core/conversation/reducePresence.js';

const cases: [events: PresenceEvent[], viewerCount: number, isDetached: boolean][] = [
  [[], 0, false],
  [['mounted'], 1, false],
  [['mounted', 'unmounted'], 0, true],
  [['mounted', 'mounted', 'unmounted'], 1, false],
  [['mounted', 'unmounted', 'mounted'], 1, false],
  [['mounted', 'detached'], 1, true],
  [['mounted', 'detached', 'mounted', 'unmounted'], 1, false],
  [['mounted', 'mounted', 'detached', 'unmounted'], 1, true],
  [['mounted', 'detached', 'attached'], 1, false],
  [['mounted', 'unmounted', 'attached'], 0, false],
];

it.each(cases)('after %j counts %i viewers, detached: %s', (events, viewerCount, isDetached) => {
  expect(events.reduce(reducePresence, initialPresence)).toEqual({ viewerCount, isDetached });
});
