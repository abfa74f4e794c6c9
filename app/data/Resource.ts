import type { AssistantsClient } from 'assistants-react';

/** Name of a method of the client that is an operation of the API. */
export type OperationId = {
  [Name in keyof AssistantsClient]: AssistantsClient[Name] extends (
    params: never,
    options?: never,
  ) => Promise<unknown>
    ? Name
    : never;
}[keyof AssistantsClient];

/** Field of a form. `map` has a line `name: value` for each entry, `lines` an entry on each line. */
export interface ActionField {
  name: string;
  label: string;
  kind: 'text' | 'lines' | 'map' | 'json' | 'file';
  isRequired?: boolean;
  /** Returns the first value. @default the field of the object with the same name */
  getInitial?: (object: Record<string, unknown>) => unknown;
}

/** Something that a user can do with an object or a collection. */
export interface Action {
  label: string;
  operation: OperationId;
  fields?: readonly ActionField[];
  /** Returns the body. @default the values of the fields */
  toBody?: (values: Record<string, unknown>) => unknown;
  /** `open` shows the object that was created, `leave` the collection, `show` the response. @default 'stay' */
  next?: 'open' | 'leave' | 'show' | 'stay';
  /** Path of what was created, below the object, for `open`. @default the collection itself */
  below?: string;
}

/** List of objects at a path of the API, such as `threads/{threadId}/messages`. */
export interface Resource {
  title: string;
  path: string;
  about?: string;
  /** Parameter of the client for the id of one object. Undefined if objects have no page of their own here. */
  idName?: string;
  list: OperationId | undefined;
  get?: OperationId;
  create?: readonly Action[];
  actions?: readonly Action[];
}
