import { randomId } from '../../../common/randomId.js';
import { isId } from '../../../protocol/isId.js';
import type { BuiltInCall, ModelEvent } from '../Model.js';
import { type Fields, toFields, toJoinedText, toList, toText } from './toFields.js';

/** Types of items that are calls of tools that the server runs itself, and the type of their calls. */
const TYPES: Readonly<Record<string, BuiltInCall['type']>> = {
  code_interpreter_call: 'code_interpreter',
  file_search_call: 'file_search',
  web_search_call: 'web_search',
};
/** Largest number of results or logs, and longest text of one of them, or of a piece of code. */
const MAX_RESULTS = 50;
const MAX_TEXT_LENGTH = 100_000;
const MAX_NAME_LENGTH = 300;

type Events = Generator<ModelEvent, void, void>;

/** Returns true for an item that is a call of a tool that the server runs itself. */
export function isBuiltInCall(item: Fields): boolean {
  return Object.hasOwn(TYPES, toText(item['type']));
}

/** Creates a reader for the calls of tools that the server runs itself. Each call is shown once, under an id of its own. */
export function createBuiltInReader() {
  const ids = new Map<string, string>();
  const finishedKeys = new Set<string>();

  function getId(key: string): string {
    const id = ids.get(key) ?? randomId('call_');
    ids.set(key, id);
    return id;
  }

  return {
    *start(key: string, item: Fields): Events {
      const hasStarted = ids.has(key);
      const call = toCall(getId(key), item);
      if (call !== undefined && !hasStarted) yield { type: 'builtInCall', call, isDone: false };
    },
    *finish(key: string, item: Fields): Events {
      const call = toCall(getId(key), item);
      if (call === undefined || finishedKeys.has(key)) return;
      finishedKeys.add(key);
      const query = call.type === 'file_search' ? readQuery(item) : '';
      yield { type: 'builtInCall', call, isDone: true, ...(query === '' ? {} : { query }) };
    },
  };
}

function toCall(id: string, item: Fields): BuiltInCall | undefined {
  const type = TYPES[toText(item['type'])];
  switch (type) {
    case 'code_interpreter': {
      const outputs = toList(item['outputs']).flatMap(toOutput).slice(0, MAX_RESULTS);
      return { id, type, code_interpreter: { input: toShortText(item['code']), outputs } };
    }
    case 'file_search':
      return { id, type, file_search: { results: readResults(item['results']) } };
    case 'web_search':
      return { id, type, web_search: readSearch(toFields(item['action'])) };
    default:
      return undefined;
  }
}

/** Images of the outputs are left out: the answer cites their files. */
function toOutput(output: unknown): { type: 'logs'; logs: string }[] {
  const logs = toShortText(toFields(output)['logs']);
  return logs === '' ? [] : [{ type: 'logs', logs }];
}

function readResults(results: unknown) {
  return toList(results)
    .slice(0, MAX_RESULTS)
    .map((value) => {
      const { file_id: fileId, filename, score, text } = toFields(value);
      return {
        file_id: isId(fileId) ? fileId : '',
        file_name: toText(filename).slice(0, MAX_NAME_LENGTH),
        score: typeof score === 'number' ? Math.min(Math.max(score, 0), 1) : 0,
        content: [{ type: 'text' as const, text: toShortText(text) }],
      };
    });
}

/** Reads what a call did: it searched, or it opened a page, or it searched a page. */
function readSearch(action: Fields): { query?: string; url?: string } {
  const query = readQuery(action) || toText(action['pattern']);
  const url = toText(action['url']);
  return {
    ...(query === '' ? {} : { query: toShortText(query) }),
    ...(url === '' ? {} : { url: toShortText(url) }),
  };
}

/** Reads the query, or all of several. */
function readQuery({ query, queries }: Fields): string {
  return toText(query) || toList(queries).map(toText).filter(Boolean).join('; ');
}

function toShortText(value: unknown): string {
  return toJoinedText(value).slice(0, MAX_TEXT_LENGTH);
}
