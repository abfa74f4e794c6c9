import { randomId } from '../../../common/randomId.js';
import type { ModelEvent } from '../Model.js';
import { type CallArguments, createArguments } from './createArguments.js';
import { parseSearchQuery } from './createToolSet.js';
import type { OpaqueFields } from './opaqueFields.js';
import { ServerFault } from './ServerFault.js';

/** Data of a call that the server needs back: its own id, and fields that only the server understands. */
export interface ServerCall {
  id: string;
  fields: OpaqueFields;
  /** Fields of its function. */
  functionFields: OpaqueFields;
}

/** Fragment of a streamed function call. */
export interface ToolCallFragment {
  /** Key of the call in the events of the server. */
  key: string;
  /** Id that the server gives the call. Empty if it gives none. */
  id: string;
  /** Name of the function, or a piece of it. */
  name: string;
  arguments: string;
  /** True if the server sent the arguments as an object. */
  isObject?: boolean;
  /** True if these are all arguments, which may have been streamed before. */
  isFinal?: boolean;
  fields?: OpaqueFields;
  functionFields?: OpaqueFields;
}

/** State of a call, for telling fragments of different calls apart. */
export interface CollectedCall {
  /** Id that is unique in the thread. The ids of servers are not: some repeat them in each answer, or send none. */
  readonly id: string;
  readonly key: string;
  /** Id of the server. */
  readonly serverId: string;
  readonly name: string;
  readonly arguments: Pick<CallArguments, 'isComplete' | 'getText'>;
}

interface ToolCall extends CollectedCall {
  serverId: string;
  name: string;
  arguments: CallArguments;
  isAnnounced: boolean;
  /** Arguments that arrived before the name. */
  early: string;
  fields: OpaqueFields;
  functionFields: OpaqueFields;
}

/** Collector for the streamed function calls of an answer. */
export interface ToolCallCollector {
  /** False if the model has no functions to call. */
  readonly mayCall: boolean;
  /** Adds a fragment to the call with its key, or creates the call. Returns the events to emit; none for a search. */
  add(fragment: ToolCallFragment): ModelEvent[];
  /** Returns the calls, oldest first. */
  list(): readonly CollectedCall[];
  /**
   * Returns the events to emit at the end of the answer: what was held back, `{}` for calls without arguments, the data of the
   * server, and the searches.
   *
   * @throws ServerFault if a call has no name
   */
  finish(): ModelEvent[];
}

/**
 * Creates a collector for function calls. A call is announced when its name is complete: some servers send it in pieces, or
 * after the first arguments.
 *
 * @param names Names of the functions that the model may call.
 * @param searchName Name of the function whose calls become searches.
 */
export function collectToolCalls(
  names: readonly string[],
  searchName: string | undefined,
): ToolCallCollector {
  const calls: ToolCall[] = [];
  const isSearch = ({ name }: ToolCall) => name === searchName;

  /** Announces a call with a complete name and returns what was held back. */
  function announce(call: ToolCall): ModelEvent[] {
    if (call.isAnnounced || call.name.trim() === '') return [];
    call.isAnnounced = true;
    call.name = toSafeName(call.name, names);
    const { early } = call;
    call.early = '';
    if (isSearch(call)) return [];
    const started: ModelEvent = { type: 'toolCall', id: call.id, name: call.name };
    return early === '' ? [started] : [started, toArguments(call, early)];
  }

  function addArguments(call: ToolCall, { arguments: text, isObject }: ToolCallFragment) {
    const events = text === '' || mayGrow(call.name, names) ? [] : announce(call);
    const grown = call.arguments.add(text, isObject);
    if (grown === '') return events;
    if (!call.isAnnounced) call.early += grown;
    else if (!isSearch(call)) events.push(toArguments(call, grown));
    return events;
  }

  function find({ key }: ToolCallFragment, events: ModelEvent[]): ToolCall {
    const known = calls.find((call) => call.key === key);
    if (known !== undefined) return known;
    // The name of a call is complete when the next one starts, unless both are sent in pieces.
    events.push(...calls.flatMap((call) => (mayGrow(call.name, names) ? [] : announce(call))));
    const call = createCall(key);
    calls.push(call);
    return call;
  }

  function finish(call: ToolCall): ModelEvent[] {
    if (call.name.trim() === '') throw createNamelessFault();
    return isSearch(call) ? [toSearch(call)] : finishCall(call, announce(call));
  }

  return {
    mayCall: names.length > 0,
    add(fragment) {
      const events: ModelEvent[] = [];
      const call = find(fragment, events);
      call.serverId ||= fragment.id;
      if (!call.isAnnounced) call.name = joinName(call.name, fragment.name, names);
      call.fields = { ...call.fields, ...fragment.fields };
      call.functionFields = { ...call.functionFields, ...fragment.functionFields };
      if (isCompleteName(call.name, names)) events.push(...announce(call));
      if (fragment.isFinal === true) checkFinal(call, fragment.arguments);
      events.push(...addArguments(call, fragment));
      return events;
    },
    list: () => calls,
    finish() {
      return calls.filter(isFilled).flatMap((call): ModelEvent[] => {
        const events = finish(call);
        const further = call.arguments.listFurther().map((text) => createFurtherCall(call, text));
        calls.push(...further);
        return [...events, ...further.flatMap(finish)];
      });
    },
  };
}

function createCall(key: string): ToolCall {
  return {
    id: randomId('call_'),
    key,
    serverId: '',
    name: '',
    arguments: createArguments(),
    isAnnounced: false,
    early: '',
    fields: {},
    functionFields: {},
  };
}

/** Creates a call that the server merged with another one of the same function. */
function createFurtherCall({ key, name }: ToolCall, text: string): ToolCall {
  const call = createCall(key);
  call.name = name;
  call.early = call.arguments.add(text);
  return call;
}

function finishCall(call: ToolCall, events: ModelEvent[]): ModelEvent[] {
  const rest = call.arguments.flush();
  if (rest !== '') events.push(toArguments(call, rest));
  // Clients parse the arguments, and an empty string is not valid JSON.
  if (call.arguments.getText().trim() === '') events.push(toArguments(call, '{}'));
  return [...events, { type: 'providerData', callId: call.id, data: toServerCall(call) }];
}

function toArguments({ id }: ToolCall, text: string): ModelEvent {
  return { type: 'arguments', callId: id, text };
}

function toSearch(call: ToolCall): ModelEvent {
  call.arguments.flush();
  const query = parseSearchQuery(call.arguments.getText());
  return { type: 'search', id: call.id, query, providerData: toServerCall(call) };
}

function toServerCall({ serverId, fields, functionFields }: ToolCall): ServerCall {
  return { id: serverId, fields, functionFields };
}

/** Returns false for a call without a name, an id and arguments, which some servers append to the others. */
function isFilled({ name, serverId, arguments: text }: ToolCall): boolean {
  return name !== '' || serverId !== '' || text.getText().trim() !== '';
}

/** Joins the pieces of a name, and removes what models and parsers of their output put around it. */
function joinName(name: string, piece: string, names: readonly string[]): string {
  const joined = joinPieces(name, piece, names);
  const bare = getBareName(joined);
  return names.includes(bare) ? bare : joined;
}

/** Returns a name without a namespace before it, and without what follows it. */
function getBareName(name: string): string {
  return name
    .trim()
    .replace(/[(<\s].*$/s, '')
    .replace(/^.*[.:=/]/s, '');
}

/** Returns a name of the form that clients and servers accept. A model may call a function that it has made up. */
function toSafeName(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const [similar, ...others] = names.filter((one) => simplifyName(one) === simplifyName(name));
  if (similar !== undefined && others.length === 0) return similar;
  return name
    .trim()
    .replace(/[^\w-]+/g, '_')
    .slice(0, 64);
}

/** Some servers change the case of a name, or replace its dashes. */
function simplifyName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** Joins the pieces of a name. Some servers repeat the name in each fragment, whole or as far as it is known. */
function joinPieces(name: string, piece: string, names: readonly string[]): string {
  if (piece === '' || piece === name) return name;
  if (piece.startsWith(name)) return piece;
  return names.includes(name) && !names.some((one) => one.startsWith(name + piece))
    ? name
    : name + piece;
}

/** Returns true if a name is complete: it is the name of a function, and not the beginning of another one. */
function isCompleteName(name: string, names: readonly string[]): boolean {
  return names.includes(name) && !names.some((one) => one !== name && one.startsWith(name));
}

/** Returns true if a name is only the beginning of the name of a function. */
function mayGrow(name: string, names: readonly string[]): boolean {
  return !names.includes(name) && names.some((one) => one.startsWith(name));
}

/** @throws ServerFault if the streamed arguments are not the beginning of the final ones */
function checkFinal(call: ToolCall, final: string): void {
  const [text, whole] = [call.arguments.getText(), final].map((one) => one.replace(/\s+/g, ''));
  if (text === undefined || whole === undefined || text === '' || text === '{}' || whole === '')
    return;
  if (!whole.startsWith(text)) throw createDifferenceFault('arguments');
}

/** Creates the fault for a stream that lost or changed a part of its content on the way. */
export function createDifferenceFault(what: 'arguments' | 'text'): ServerFault {
  return new ServerFault(
    'server_error',
    `The ${what} that the model server streamed differ from its final ${what}.`,
    { retryable: true },
  );
}

function createNamelessFault(): ServerFault {
  return new ServerFault('server_error', 'The model called a function without a name.');
}
