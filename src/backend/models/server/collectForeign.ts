import { readServerError } from './readServerError.js';
import { ServerFault } from './ServerFault.js';
import type { Fields } from './toFields.js';

/** Collector for what a server sends in place of an answer, or of its end. */
export interface ForeignCollector {
  /** Adds words that are not an event. */
  addWords(words: string): void;
  /** Adds an object that is not part of the requested API. */
  add(object: Fields): void;
  /** Call it for an object that is: what came before was a heartbeat, and no error that ends the answer. */
  pass(): void;
  /** @throws ServerFault with the words of the server, or if it has sent something else only, or last */
  throwFault(hasContent: boolean): void;
}

/** Creates a collector. Keeps the last object with words, and otherwise the first one. */
export function collectForeign(createFault: (error: unknown) => ServerFault): ForeignCollector {
  let words: string | undefined;
  let foreign: Fields | undefined;
  let isLast = false;
  return {
    addWords(text) {
      words = text;
    },
    pass() {
      isLast = false;
    },
    add(object) {
      isLast = true;
      if (foreign === undefined || hasWords(object)) foreign = object;
    },
    throwFault(hasContent) {
      if (words !== undefined) throw createFault(words);
      if (foreign === undefined) return;
      // It may be an error of an unknown form.
      if (hasWords(foreign)) throw createFault(foreign);
      if (!hasContent || isLast) throw createForeignFault();
    },
  };
}

/** Returns true for an object that may be an error. */
export function hasWords(object: Fields): boolean {
  return readServerError(object).message !== '';
}

function createForeignFault(): ServerFault {
  return new ServerFault(
    'server_error',
    'The model server answered with something that is not part of the requested API. Check its base URL, and that it offers this API.',
  );
}
