import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import { toFields, toList, toText } from './toFields.js';
import { WRAPPERS } from './unwrapAnswer.js';

/** Error of a model server, read from any of the shapes that servers use. */
export interface ServerError {
  /** Text of the server, unredacted. Empty if it has none. */
  message: string;
  /** Codes and types of the error as one text, such as `context_length_exceeded invalid_request_error`. */
  kinds: string;
  /** HTTP status that the error itself names. */
  status: number | undefined;
  /** Names of the request fields that the error names as structured data, such as `stream_options`. */
  fields: string[];
}

interface Findings {
  messages: string[];
  kinds: string[];
  status: number | undefined;
  fields: string[];
}

const MAX_DEPTH = 8;
const MAX_ITEMS = 10;
/** Fields that hold the text of an error or an inner error, the most specific first. In lower case, without underscores. */
const MESSAGE_FIELDS = [
  'error',
  'errors',
  'innererror',
  'message',
  'detail',
  'details',
  'msg',
  'errormessage',
  'errormsg',
  'errordescription',
  'statusmessage',
  'statusmsg',
  'statusdetails',
  'description',
  'exception',
  'fault',
  'faultstring',
  'blockreasonmessage',
  'reason',
  'title',
  // Answers of gateways, and of models that blocked a prompt.
  'baseresp',
  'promptfeedback',
  'cause',
  'info',
];
/** Fields that name a field of the request. */
const PARAM_FIELDS = ['param', 'parameter', 'field', 'property', 'path'];
const KIND_FIELDS = ['code', 'type', '__type', 'status', 'error_code', 'reason'];

/**
 * Reads an error: text, JSON text, an object such as `{error: {message, code, type, param}}`, the `detail` list of a schema
 * check, or a list of errors. Objects may be nested in each other.
 */
export function readServerError(value: unknown): ServerError {
  const findings: Findings = { messages: [], kinds: [], status: undefined, fields: [] };
  collect(value, findings, 0);
  return {
    message: [...new Set(findings.messages)].join('; '),
    kinds: findings.kinds.join(' '),
    status: findings.status,
    fields: [...new Set(findings.fields)],
  };
}

function collect(value: unknown, findings: Findings, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string') collectText(value, findings, depth);
  else if (Array.isArray(value))
    for (const item of value.slice(0, MAX_ITEMS)) collect(item, findings, depth + 1);
  else if (isRecord(value)) collectObject(value, findings, depth);
}

function collectText(value: string, findings: Findings, depth: number): void {
  const text = unwrapEvent(value.trim());
  const inner = /^[[{"]/.test(text) ? tryParseJson(text) : undefined;
  if (inner !== undefined) return collect(inner, findings, depth + 1);
  // Some messages start with their status in such brackets.
  const words = /^<[!?a-z]/i.test(text) ? getPageTitle(text) : text;
  if (words !== '' && words !== 'null') findings.messages.push(words);
}

/** Returns the title of the HTML page of a proxy, or the message of an XML document. */
function getPageTitle(page: string): string {
  const [, title = ''] =
    /<(?:title|message)\b[^>]{0,100}>([^<]{1,300})</i.exec(page) ??
    /<h1\b[^>]{0,100}>([^<]{1,300})</i.exec(page) ??
    [];
  return title.replace(/\s+/g, ' ').trim();
}

/** Returns the data of the first event of an event stream; other texts unchanged. */
function unwrapEvent(text: string): string {
  return /^(?:(?:event|id|retry):.*\r?\n)*data:(.*)/.exec(text)?.[1]?.trim() ?? text;
}

function collectObject(
  error: Readonly<Record<string, unknown>>,
  findings: Findings,
  depth: number,
): void {
  for (const name of KIND_FIELDS) collectKind(error[name], findings);
  const { source } = error;
  for (const value of [
    ...PARAM_FIELDS.map((name) => error[name]),
    ...Object.values(toFields(source)),
  ])
    findings.fields.push(...toFieldNames(toText(value)));
  const location = toList(error['loc']);
  if (location.length > 0) return collectViolation(error, location, findings);
  const count = findings.messages.length;
  const values = new Map(
    Object.entries(error).map(([name, field]) => [name.toLowerCase().replaceAll('_', ''), field]),
  );
  for (const name of MESSAGE_FIELDS) {
    // The first field with a text wins: the others repeat it, or name a class of errors.
    if (findings.messages.length === count) collect(values.get(name), findings, depth + 1);
  }
  for (const name of ['errors', 'detail', 'details'])
    if (findings.messages.length === count) collectByField(toFields(error[name]), findings);
  for (const name of [...WRAPPERS, 'status'])
    if (findings.messages.length === count) collectWrapped(error[name], findings, depth);
  // Routers of models put the error of the provider here, and a general message elsewhere.
  const { metadata } = error;
  if (isRecord(metadata)) collect(metadata['raw'], findings, depth + 1);
}

/** Collects an object of a gateway, which has it as an object or as JSON text. */
function collectWrapped(value: unknown, findings: Findings, depth: number): void {
  const inner = typeof value === 'string' ? tryParseJson(value) : value;
  if (isRecord(inner) || Array.isArray(inner)) collect(inner, findings, depth + 1);
}

/** Collects an entry of the list that a schema check returns: `{loc: ['body', 'top_k'], msg, type}`. */
function collectViolation(
  { msg, message }: Readonly<Record<string, unknown>>,
  location: readonly unknown[],
  findings: Findings,
): void {
  const path = location.filter((part) => part !== 'body').map(String);
  findings.fields.push(...path.flatMap(toFieldNames));
  const text = toText(msg) || toText(message);
  findings.messages.push([path.join('.'), text].filter((part) => part !== '').join(': '));
}

/** Collects lists of texts by the names of their fields: `{top_p: ['is not allowed']}`. */
function collectByField(texts: Readonly<Record<string, unknown>>, findings: Findings): void {
  for (const [name, value] of Object.entries(texts)) {
    const [text] = toList(value).length > 0 ? toList(value) : [value];
    if (typeof text !== 'string' || text === '') continue;
    findings.fields.push(...toFieldNames(name));
    findings.messages.push(`${name}: ${text}`);
  }
}

function collectKind(value: unknown, findings: Findings): void {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{3}$/.test(value))) {
    const status = Number(value);
    if (status >= 400 && status < 600) findings.status ??= status;
  } else if (typeof value === 'string') {
    findings.kinds.push(value.slice(0, 200));
  }
}

/** Splits a path such as `messages.[2].reasoning_content` into names. */
function toFieldNames(path: string): string[] {
  return path.split(/[^\w-]+/).filter((name) => name !== '' && !/^\d+$/.test(name));
}
