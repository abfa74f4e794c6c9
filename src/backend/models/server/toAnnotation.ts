import type { MessageAnnotation } from '../../../protocol/types.js';
import { isId } from '../../../protocol/isId.js';
import { type Fields, toCount, toFields, toText } from './toFields.js';

/** Text of a part of a message, and where it is in the text of the message. Positions are in UTF-16 units. */
export interface PartText {
  /** Text as the server sent it, to which its indices refer. */
  raw: string;
  /** Text of the message. It may lack reasoning that was part of the raw text. */
  shown: string;
  /** Start of the part in `shown`. */
  start: number;
  /** Converts an index in code points of `raw` to one in UTF-16 units. */
  toUtf16Index: (index: number) => number;
}

/** Longest address and title of a cited page. */
const MAX_URL_LENGTH = 4096;
const MAX_TITLE_LENGTH = 300;
const MAX_MARKER_LENGTH = 8192;

/** Marker of a citation: a link, in parentheses or not, an address, or words in brackets such as `【3:0†source】`. */
const MARKER =
  /^\s*(?:\(?\[[^\]]*\]+\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)\)?|https?:\S+|【[^】]*】)\s*$/;

/**
 * Converts a citation of a response to an annotation. Its `text` is the marker of the citation in the message, and empty without
 * one: the text that a server cites is part of the answer. Returns undefined for other annotations, and for addresses other than
 * those of web pages.
 */
export function toAnnotation(value: unknown, text: PartText): MessageAnnotation | undefined {
  const fields = toFields(value);
  if (fields['type'] === 'url_citation') return toUrlCitation(fields, text);
  if (fields['type'] === 'file_citation') return toFileCitation(fields, text);
  return undefined;
}

function toUrlCitation(fields: Fields, text: PartText): MessageAnnotation | undefined {
  // Azure AI Foundry puts the fields into an object.
  const { url: address, title } = { ...fields, ...toFields(fields['url_citation']) };
  const url = toPageUrl(toText(address));
  if (url === undefined) return undefined;
  const name = toText(title).slice(0, MAX_TITLE_LENGTH);
  return {
    type: 'url_citation',
    ...locate(fields, text, (slice) => MARKER.test(slice)),
    url_citation: { url, ...(name === '' ? {} : { title: name }) },
  };
}

function toFileCitation(fields: Fields, text: PartText): MessageAnnotation | undefined {
  const fileId = toText(fields['file_id']);
  if (!isId(fileId)) return undefined;
  const name = toText(fields['filename']).slice(0, MAX_TITLE_LENGTH);
  return {
    type: 'file_citation',
    ...locate(fields, text, (slice) => MARKER.test(slice)),
    file_citation: { file_id: fileId, ...(name === '' ? {} : { file_name: name }) },
  };
}

/** File that the code of a server has made, and the annotation for it. */
export interface ServerFile {
  containerId: string;
  fileId: string;
  filename: string;
  /** Position of its path in the text; an empty text if it has none. */
  place: Place;
  /** True for an image that the text does not link to: it is shown below the text. */
  isShown: boolean;
}

/** Reads the citation of a file that the code of a server has made. Undefined for other annotations. */
export function readServerFile(value: unknown, text: PartText): ServerFile | undefined {
  const fields = toFields(value);
  if (fields['type'] !== 'container_file_citation') return undefined;
  const [containerId, fileId] = [toText(fields['container_id']), toText(fields['file_id'])];
  if (!isId(containerId) || !isId(fileId)) return undefined;
  const name = toText(fields['filename']).split('/').at(-1) ?? '';
  const filename = name.slice(0, MAX_TITLE_LENGTH) || fileId;
  const path = `sandbox:/mnt/data/${filename}`;
  const found = text.shown.indexOf(path, text.start);
  const place =
    found === -1
      ? locate(fields, text, (slice) => /^sandbox:\S+$/.test(slice))
      : { text: path, start_index: found, end_index: found + path.length };
  const isShown = place.text === '' && /\.(?:png|jpe?g|gif|webp)$/i.test(filename);
  return { containerId, fileId, filename, place, isShown };
}

interface Place {
  text: string;
  start_index: number;
  end_index: number;
}

/** Finds a citation in the text of a message. Servers count in code points or in UTF-16 units, and some are wrong. */
function locate(
  { start_index: start, end_index: end, index }: Fields,
  { raw, shown, start: partStart, toUtf16Index }: PartText,
  isMarker: (slice: string) => boolean,
): Place {
  const [from, to] = [toCount(start ?? index), toCount(end ?? index)];
  const range = [toUtf16Index(from), toUtf16Index(to)] as const;
  for (const [first, last] of [range, [from, to] as const]) {
    const slice = last - first > MAX_MARKER_LENGTH ? '' : raw.slice(first, last);
    if (!isMarker(slice)) continue;
    const marker = slice.trim();
    const near = shown.indexOf(marker, partStart + first);
    const found = near === -1 ? shown.indexOf(marker, partStart) : near;
    if (found !== -1) return { text: marker, start_index: found, end_index: found + marker.length };
  }
  const position = Math.min(partStart + range[1], shown.length);
  return { text: '', start_index: position, end_index: position };
}

/** Returns the address of a web page. Undefined for other addresses, such as `javascript:`, and for those with credentials. */
function toPageUrl(address: string): string | undefined {
  if (address.length > MAX_URL_LENGTH || !/^https?:\/\/[^/?#]/i.test(address)) return undefined;
  try {
    const url = new URL(address);
    return url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
