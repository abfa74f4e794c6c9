/** The part of the Web Speech API that dictation needs. TypeScript has no types for it. */
export interface SpeechRecognizer extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

/** Words that were recognized: `results` has all of this session, of which those from `resultIndex` have changed. */
export interface SpeechResultEvent extends Event {
  readonly resultIndex: number;
  readonly results: ArrayLike<
    ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }
  >;
}

/** Returns the class of the browser, or undefined if it has none. */
export function getSpeechRecognizer(): (new () => SpeechRecognizer) | undefined {
  const names = ['SpeechRecognition', 'webkitSpeechRecognition'];
  const found = names.map((name) => Reflect.get(globalThis, name) as unknown).find(isConstructor);
  return found;
}

// The browser alone defines these names.
function isConstructor(value: unknown): value is new () => SpeechRecognizer {
  return typeof value === 'function';
}
