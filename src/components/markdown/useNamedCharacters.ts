import { useMemo, useSyncExternalStore } from 'react';
import { createStore } from '../../common/createStore.js';
import { noopSubscribe } from '../../common/noopSubscribe.js';
import { decodeName } from './parse/decodeName.js';
import type * as Decoder from './parse/decodeName.lazy.js';
import type { NameDecoder } from './parse/decodeText.js';

/** Decoder of all names. Undefined until it is loaded. */
const { getState, setState, subscribe } = createStore<typeof Decoder | undefined>(undefined);

/**
 * Parses text with named character references. Common names are decoded immediately. If the text contains another name, loads the
 * table of all names and parses again. Until then, the name is rendered as written.
 *
 * @param parse Pure function. The text is parsed again when it changes.
 */
export function useNamedCharacters<Result>(parse: (decode: NameDecoder) => Result): Result {
  const { result, hasOnlyCommonNames } = useMemo(() => parseWithCommonNames(parse), [parse]);
  // Texts with only common names do not subscribe, so they do not render again when the table is loaded.
  const decoder = useSyncExternalStore(
    hasOnlyCommonNames ? noopSubscribe : loadAndSubscribe,
    hasOnlyCommonNames ? getUndefined : getState,
    getUndefined,
  );
  return useMemo(
    () => (decoder === undefined ? result : parse(decoder.decodeAnyName)),
    [decoder, result, parse],
  );
}

function loadAndSubscribe(listener: () => void): () => void {
  // If the import fails, the name stays as written. The next text with such a name tries again.
  import('./parse/decodeName.lazy.js').then(setState, () => undefined);
  return subscribe(listener);
}

const getUndefined = (): undefined => undefined;

function parseWithCommonNames<Result>(parse: (decode: NameDecoder) => Result): {
  result: Result;
  hasOnlyCommonNames: boolean;
} {
  let hasOnlyCommonNames = true;
  const result = parse((name) => {
    const characters = decodeName(name);
    hasOnlyCommonNames &&= characters !== undefined;
    return characters;
  });
  return { result, hasOnlyCommonNames };
}
