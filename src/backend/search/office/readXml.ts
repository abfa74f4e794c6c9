import { Tokenizer } from 'htmlparser2';

/** Receives the elements of an XML document. Names have no prefix. */
export interface XmlHandler {
  open?(name: string, attributes: ReadonlyMap<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** XML that is parsed between two pauses, in UTF-16 units. */
const SLICE_LENGTH = 65_536;

/**
 * Reads an XML document, damaged ones as far as possible. Document types are ignored, so there are no entities besides those of
 * XML itself, and nothing outside of the document is read.
 *
 * @param onSlice Called between slices of work. Resolves with false to stop. @default reads all
 */
export async function readXml(
  xml: string,
  handler: XmlHandler,
  onSlice: () => Promise<boolean> = async () => true,
): Promise<void> {
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    createCallbacks(xml, handler),
  );
  for (let start = 0; start < xml.length; start += SLICE_LENGTH) {
    tokenizer.write(xml.slice(start, start + SLICE_LENGTH));
    if (!(await onSlice())) return;
  }
  tokenizer.end();
  await onSlice();
}

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

function createCallbacks(xml: string, handler: XmlHandler): Callbacks {
  let name = '';
  let attributes = new Map<string, string>();
  let attributeName = '';
  let value = '';
  const readName = (start: number, end: number) => {
    const full = xml.slice(start, end);
    return full.slice(full.indexOf(':') + 1);
  };
  return {
    onopentagname(start, end) {
      name = readName(start, end);
      attributes = new Map();
    },
    onattribname(start, end) {
      // With its prefix: an element can have an `id` and an `r:id`.
      attributeName = xml.slice(start, end);
      value = '';
    },
    onattribdata(start, end) {
      value += xml.slice(start, end);
    },
    onattribentity(codePoint) {
      value += String.fromCodePoint(codePoint);
    },
    onattribend: () => void attributes.set(attributeName, value),
    onopentagend: () => handler.open?.(name, attributes),
    onselfclosingtag() {
      handler.open?.(name, attributes);
      handler.close?.(name);
    },
    onclosetag: (start, end) => handler.close?.(readName(start, end)),
    ontext: (start, end) => handler.text?.(xml.slice(start, end)),
    ontextentity: (codePoint) => handler.text?.(String.fromCodePoint(codePoint)),
    oncdata: (start, end, offset) => handler.text?.(xml.slice(start, end - offset)),
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore,
  };
}

function ignore(): void {}
