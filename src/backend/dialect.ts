import type { AssistantStreamEvent } from '../protocol/types.js';
import type { Dialect } from './http.js';

/** What the wire calls an object: everything that an operation answers with. */
export interface WireObject {
  object: string;
}

/** An object of both versions as one version shows it; a page item by item. Other objects pass as they are. */
export function project(_dialect: Dialect, object: WireObject): WireObject {
  return object;
}

/** An event as one version shows it. */
export function projectEvent(_dialect: Dialect, event: AssistantStreamEvent): AssistantStreamEvent {
  return event;
}
