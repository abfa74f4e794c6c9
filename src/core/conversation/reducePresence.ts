/** Decides if the runs of a conversation are followed. */
export interface Presence {
  /** Number of mounted components that show the conversation. */
  viewerCount: number;
  /** True after `detach`, and after the last component has unmounted. */
  isDetached: boolean;
}

export type PresenceEvent =
  /** A component that shows the conversation has mounted. */
  | 'mounted'
  | 'unmounted'
  /** The caller has sent a message or adopted a run. */
  | 'attached'
  /** The caller has called `detach`. */
  | 'detached';

export const initialPresence: Presence = { viewerCount: 0, isDetached: false };

/** Returns the presence after an event. */
export function reducePresence(
  { viewerCount, isDetached }: Presence,
  event: PresenceEvent,
): Presence {
  switch (event) {
    case 'mounted':
      return { viewerCount: viewerCount + 1, isDetached: false };
    case 'unmounted':
      return { viewerCount: viewerCount - 1, isDetached: isDetached || viewerCount === 1 };
    case 'attached':
      return { viewerCount, isDetached: false };
    case 'detached':
      return { viewerCount, isDetached: true };
  }
}
