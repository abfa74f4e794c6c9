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
  'errmsg',
  'retmsg',
];
/** Fields that hold text inside of an error. Elsewhere, they are content. */
const INNER_FIELDS = ['text', 'reasons', 'formerrors', 'hint'];
/** Texts that only repeat a status or a class of errors. Some servers put them before the message. */
const GENERIC =
  /^(?:(?:http |error )?\d{3}:? )?(?:bad request|unauthorized|forbidden|not found|method not allowed|not acceptable|conflict|payload too large|unprocessable (?:entity|content)|too many requests|internal server error|not implemented|bad gateway|service unavailable|gateway time-?out|(?:validation|request)? ?(?:error|failed|failure))\.?$/i;
/** Fields that name a field of the request, or several. */
const PARAM_FIELDS = ['param', 'parameter', 'field', 'property', 'path', 'keys', 'fields'];
const KIND_FIELDS = ['code', 'type', '__type', 'status', 'error_code', 'reason'];

/**
 * Reads an error: text, JSON text, an object such as `{error: {message, code, type, param}}`, the `detail` list of a schema
 * check, or a list of errors. Objects may be nested in each other.
 */
export function readServerError(value: unknown): ServerError {
  const findings: Findings = { messages: [], kinds: [], status: undefined, fields: [] };
  collect(value, findings, 0);
  const messages = new Set(findings.messages);
  const specific = [...messages].filter((text) => !GENERIC.test(text));
  return {
    message: (specific.length > 0 ? specific : [...messages]).join('; '),
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

/** Elements of pages and XML documents with the text of an error, the most usual first. */
const PAGE_TEXTS = ['title|message|faultstring', 'h1', 'pre', 'p'].map(
  (names) => new RegExp(`<(?:${names})\\b[^>]{0,100}>([^<]{1,300})<`, 'i'),
);

/** Returns the text of the HTML page of a proxy, or the message of an XML document. */
function getPageTitle(page: string): string {
  const texts = PAGE_TEXTS.map((pattern) => pattern.exec(page)?.[1] ?? '')
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  return texts.find((text) => !GENERIC.test(text)) ?? texts[0] ?? '';
}

/** Returns the data of the first event of an event stream; other texts unchanged. */
function unwrapEvent(text: string): string {
  if (!/^(?:event|id|retry|data)?:/.test(text)) return text;
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('data:'));
  if (start === -1) return text;
  const end = lines.findIndex((line, index) => index > start && line.trim() === '');
  return lines
    .slice(start, end === -1 ? lines.length : end)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length))
    .join('\n')
    .trim();
}

function collectObject(
  error: Readonly<Record<string, unknown>>,
  findings: Findings,
  depth: number,
): void {
  for (const name of KIND_FIELDS) collectKind(error[name], findings);
  const { source } = error;
  for (const value of [
    ...PARAM_FIELDS.flatMap((name) => error[name]),
    ...Object.values(toFields(source)),
  ])
    findings.fields.push(...toFieldNames(toText(value)));
  const location = toList(error['loc']);
  if (location.length > 0) return collectViolation(error, location, findings);
  const count = findings.messages.length;
  const values = new Map(
    Object.entries(error).map(([name, field]) => [name.toLowerCase().replaceAll('_', ''), field]),
  );
  const isFound = () => findings.messages.slice(count).some((text) => !GENERIC.test(text));
  for (const name of depth === 0 ? MESSAGE_FIELDS : [...MESSAGE_FIELDS, ...INNER_FIELDS]) {
    // The first field with a text wins: the others repeat it, or name a class of errors.
    if (!isFound()) collect(values.get(name), findings, depth + 1);
  }
  for (const name of ['errors', 'detail', 'details'])
    if (!isFound()) collectByField(toFields(error[name]), findings);
  for (const name of [...WRAPPERS, 'status'])
    if (!isFound()) collectWrapped(error[name], findings, depth);
  if (!isFound() && (depth > 0 || findings.messages.length > count))
    collectInner(error, findings, depth);
  // Routers of models put the error of the provider here, and a general message elsewhere.
  const { metadata } = error;
  if (isRecord(metadata)) collect(metadata['raw'], findings, depth + 1);
}

/** Collects the objects inside of an error under any name, such as `issues`, or the name of a field of the request. */
function collectInner(
  error: Readonly<Record<string, unknown>>,
  findings: Findings,
  depth: number,
): void {
  for (const [name, value] of Object.entries(error).slice(0, MAX_ITEMS)) {
    const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
    if (!isRecord(first)) continue;
    const count = findings.messages.length;
    collect(value, findings, depth + 1);
    if (findings.messages.length > count) findings.fields.push(...toFieldNames(name));
  }
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
