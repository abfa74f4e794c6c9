import type { ProfileChange } from './createProfiles.js';
import { toOmittedValue } from './omitFields.js';
import { isAboutBuiltInTools } from './explainBuiltInTools.js';
import type { ServerFault } from './ServerFault.js';

/** Facts about a request that a server refused. */
export interface RefusedRequest {
  body: Readonly<Record<string, unknown>>;
  isStreamed: boolean;
  hasTools: boolean;
  /** Types of the tools that the server runs itself. */
  builtInTypes: readonly string[];
  /** URLs of the images in the prompt. */
  imageUrls: readonly string[];
  /** Names of the fields that are sent back to the server in messages. */
  opaqueNames: readonly string[];
  /** Estimated length of the prompt in characters. */
  promptLength: number;
  /** Number of adjustments so far. */
  attempt: number;
}

/** Change that may let a server accept a request. */
export interface Adjustment {
  /** Applied to this request, and remembered for later ones. */
  change: ProfileChange;
  /** True if the server did not name the reason. The change is remembered only if the request succeeds. */
  isGuess: boolean;
  /** Omits all messages before the newest user message. Not remembered. */
  keepsNewest?: boolean;
}

/** Optional fields of requests. Words of everyday language count only if they are quoted, or if the error names them as data. */
const FIELDS = [
  'stream_options',
  'parallel_tool_calls',
  'reasoning_effort',
  'tool_choice',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'include',
  'store',
  'strict',
  'reasoning',
];
const WORDS = new Set(['include', 'store', 'strict', 'reasoning', 'thinking']);
/** Fields that are only sent if a run or an assistant sets them. */
const SETTINGS = [
  'parallel_tool_calls',
  'reasoning_effort',
  'tool_choice',
  'max_completion_tokens',
  'temperature',
  'top_p',
];
/** Fields that are always sent, although some servers do not know them. */
const EXTRAS = ['stream_options', 'include'];
/** Fields with values of which a server may refuse some. */
const RANGED = new Set(['temperature', 'top_p', 'reasoning_effort']);
const VALUE_REFUSED = /between|range|less than|greater|at most|at least|must be|should be|value/i;
const NAME_REFUSED = /unsupported parameter|unknown|unrecognized|unexpected|extra|not permitted/i;

/** Texts of servers that may refuse a field, and do not name it. */
const UNKNOWN_FIELD =
  /bad request|unknown|unrecogni[sz]ed|unexpected|extra|additional|not (?:permitted|allowed)|should not exist|invalid|validation|unsupported (?:param|field|key)/i;

const STREAMING = /(?<![a-z])stream(?:ing|ed|s)?(?!_?options|[a-z])|\bsse\b|server-sent/i;
/** Texts about a prompt that does not fit into the context of the model. */
export const TOO_LONG =
  /context.?(?:length|window|size|limit)|maximum context|n_ctx|too many (?:\w+ )?tokens|(?:prompt|inputs?|request|messages?|conversation) (?:is|are) (?:too (?:long|large)|longer)|exceed(?:s|ed|ing)?.{0,60}(?:context|token|maximum|max_|length)|(?:tokens?|length|size).{0,40}exceed|tokens?.?limit|max(?:imum)? (?:sequence|prompt|input) length|tokens.{0,60}must be <=|(?:tokens?|length|max_seq_len).{0,40}must (?:be|have) (?:less|fewer|smaller)|must have (?:less|fewer) than.{0,20}tokens|range of input length|过长|超[过出].{0,20}(?:长度|限制)|reduce (?:the|your) (?:length|prompt|input|messages)|shorten|string_above_max_length|too_long/i;
const IMAGES = /image|vision|multi-?modal|modalit|picture|visual/i;
const TEXT_ONLY =
  /content.{0,40}(?:must be|should be|expected|valid).{0,20}str|string_type|expected.{0,12}string/i;
/** Texts of programs that expect a text, and get a list with an image. */
const TYPE_ERROR =
  /\b(?:list|array|tuple)\b.{0,40}\b(?:object|found|string|str|type)\b|expected str|unhashable|unmarshal|is not a function|TypeError/i;
const BROKEN_IMAGE =
  /download|fetch|(?:in)?valid image|corrupt|decod|image (?:type|format|data)|too large|dimension|timed? ?out|base64/i;
const SYSTEM_ROLE = /system.{0,12}(?:role|message|prompt|instruction)|developer instruction/i;
const ROLE_ORDER =
  /alternat|\broles?\b|(?:first|last|final) message|message.{0,30}(?:first|last)|prefill|jinja|template/i;
const EMPTY =
  /empty|blank|null|none|whitespace|white space|content.{0,30}(?:required|missing|string)|missing.{0,20}content|at least one/i;

/** Lists the adjustments that may help after a refusal, the most specific first. */
export function listAdjustments(fault: ServerFault, request: RefusedRequest): Adjustment[] {
  const isAboutRequest = fault.kind === 'rejected' || fault.kind === 'filter';
  const { detail } = fault;
  // Some servers break at images.
  if (fault.kind === 'failure' && (IMAGES.test(detail) || TYPE_ERROR.test(detail)))
    return listImageChanges(`image ${detail}`, request).map(toGuess);
  if (!isAboutRequest && fault.kind !== 'missing') return [];
  const named = listNamedChanges(fault, request);
  if (named !== undefined) return named.map(toNamed);
  const images = listImageChanges(detail, request).map(toGuess);
  // A model that does not exist cannot be helped by another form of the request.
  if (!isAboutRequest) return images;
  if (fault.status === 413 || TOO_LONG.test(detail)) return listShorterPrompts(detail, request);
  const forms = listForms(detail).map(toGuess);
  const isFilter = fault.kind === 'filter';
  return [
    ...images,
    ...(isFilter ? [] : [...forms, toGuess({ ...ALL_FORMS, omit: request.opaqueNames })]),
    ...(isFilter || request.imageUrls.length === 0
      ? []
      : [toGuess({ refuseImages: request.imageUrls })]),
    ...(isFilter
      ? []
      : listOmissions(detail).map((names) =>
          toGuess({ omit: names.filter((name) => name in request.body) }),
        )),
    { change: {}, isGuess: true, keepsNewest: true },
  ];
}

/** Lists the names of fields to leave out together, if the server does not name any. */
function listOmissions(detail: string): readonly string[][] {
  const isAboutFields = detail.trim() === '' || UNKNOWN_FIELD.test(detail);
  return isAboutFields ? [SETTINGS, [...SETTINGS, ...EXTRAS]] : [SETTINGS];
}

/** Lists the changes that the error asks for. Undefined if it does not say what to change. */
function listNamedChanges(
  fault: ServerFault,
  request: RefusedRequest,
): readonly ProfileChange[] | undefined {
  const fields = listRefusedFields(fault, request);
  if (fields.length > 0) return [{ omit: fields }];
  // The operator has asked for these tools: an answer without them would look complete.
  if (isAboutBuiltInTools(fault, request.builtInTypes)) return [];
  if (request.isStreamed && isAboutStreaming(fault))
    return [{ streaming: request.hasTools ? 'without-tools' : false }];
  return undefined;
}

/** Forms that all servers accept. */
export const ALL_FORMS = { systemRole: false, anyRoleOrder: false, emptyContent: false };

function toNamed(change: ProfileChange): Adjustment {
  return { change, isGuess: false };
}

function toGuess(change: ProfileChange): Adjustment {
  return { change, isGuess: true };
}

function listRefusedFields(fault: ServerFault, { body, opaqueNames }: RefusedRequest): string[] {
  const sent = [...FIELDS.filter((name) => isSent(name, body)), ...opaqueNames];
  return sent
    .filter((name) => isNamed(name, fault))
    .map((name) => {
      const isValue =
        RANGED.has(name) && VALUE_REFUSED.test(fault.detail) && !NAME_REFUSED.test(fault.detail);
      return isValue ? toOmittedValue(name, body[name]) : name;
    });
}

function isSent(name: string, body: RefusedRequest['body']): boolean {
  // The only field of these that is part of a function.
  return name === 'strict'
    ? JSON.stringify(body['tools'] ?? []).includes('"strict":')
    : name in body;
}

function isNamed(name: string, { detail, fields }: ServerFault): boolean {
  if (fields.includes(name)) return true;
  if (name === 'include' && /encrypted.?content/i.test(detail)) return true;
  if (name === 'stream_options' && /include.?usage/i.test(detail)) return true;
  if (WORDS.has(name)) return new RegExp(`["'\`](?:[\\w.[\\]]*\\.)?${name}["'\`]`).test(detail);
  return new RegExp(`(?<![\\w-])${toPattern(name)}(?![\\w-])`, 'i').test(detail);
}

/** Returns the pattern of a name in any notation, such as `parallelToolCalls` and `parallel tool calls`. */
function toPattern(name: string): string {
  return name.replace(/[^a-z0-9_]/gi, '\\$&').replaceAll('_', '[_ -]?');
}

function isAboutStreaming({ detail, fields }: ServerFault): boolean {
  return fields.includes('stream') || STREAMING.test(detail);
}

function listImageChanges(detail: string, { imageUrls }: RefusedRequest): ProfileChange[] {
  if (imageUrls.length === 0 || !(IMAGES.test(detail) || TEXT_ONLY.test(detail))) return [];
  const named = imageUrls.filter((url) => detail.includes(url));
  if (named.length > 0) return [{ refuseImages: named }, { refuseImages: imageUrls }];
  return BROKEN_IMAGE.test(detail) ? [{ refuseImages: imageUrls }] : [{ images: false }];
}

function listForms(detail: string): ProfileChange[] {
  const forms: ProfileChange[] = [];
  if (SYSTEM_ROLE.test(detail)) forms.push({ systemRole: false });
  if (EMPTY.test(detail)) forms.push({ emptyContent: false });
  if (ROLE_ORDER.test(detail)) forms.push({ systemRole: false, anyRoleOrder: false });
  return forms;
}

/** Number of times that the prompt is shortened by a part before only the newest messages are sent. */
const MAX_CUTS = 3;
const CUT_RATIO = 0.7;

function listShorterPrompts(
  detail: string,
  { promptLength, attempt }: RefusedRequest,
): Adjustment[] {
  const newest: Adjustment = { change: {}, isGuess: true, keepsNewest: true };
  if (attempt >= MAX_CUTS) return [newest];
  const ratio = getLimitRatio(detail) ?? CUT_RATIO;
  return [toGuess({ maxPromptLength: Math.floor(promptLength * ratio) }), newest];
}

/** Returns the share of a prompt that fits, from the two numbers of tokens that most servers name. */
function getLimitRatio(detail: string): number | undefined {
  const numbers = [...detail.matchAll(/\b\d{3,9}\b/g)].map(([text]) => Number(text));
  const [limit, size] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length < 2 || limit >= size) return undefined;
  // Tokens are not spread evenly over the characters.
  return Math.max(0.9 * (limit / size), 0.05);
}
