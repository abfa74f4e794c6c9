import type { AssistantStreamEvent, OperationId } from '../../../protocol/types.js';
import type { Dialect, OperationResponses } from '../operations.js';
import { projectToV1 } from './projectToV1.js';
import { projectToV2 } from './projectToV2.js';
import type { WireObject } from './WireObject.js';

/** Projects the response of an operation, or each item of a page, to an API version. `include` lists optional fields. */
export function projectResponse(
  dialect: Dialect,
  response: OperationResponses[OperationId],
  include: readonly string[] = [],
): object {
  // Pages of passages and texts are the same in both versions.
  if ('next_page' in response) return response;
  if ('data' in response) {
    return {
      ...response,
      data: response.data.map((item) => projectObject(dialect, item, include)),
    };
  }
  return 'deleted' in response ? response : projectObject(dialect, response, include);
}

/** Projects an object with the fields of both API versions to one version. `include` lists optional fields. */
export function projectObject(
  dialect: Dialect,
  object: WireObject,
  include: readonly string[] = [],
): WireObject {
  return dialect === 'v1' ? projectToV1(object) : projectToV2(object, include);
}

/** Projects an event to one API version. Version 1 has no incomplete runs: they are completed. */
export function projectEvent(
  dialect: Dialect,
  event: AssistantStreamEvent,
  include: readonly string[] = [],
): AssistantStreamEvent {
  if (event.event === 'done' || event.event === 'error') return event;
  const name =
    dialect === 'v1' && event.event === 'thread.run.incomplete'
      ? 'thread.run.completed'
      : event.event;
  // A projected object has the same type, so the pair of name and data remains a member of the union.
  return { event: name, data: projectObject(dialect, event.data, include) } as AssistantStreamEvent;
}
