import { parseLenientJson } from './parseLenientJson.js';

/** Scanner that finds the end of the first object or list of a text. */
export interface JsonScanner {
  /**
   * Reads a piece up to the end of the object or list. Returns the number of characters that it read, and their text as
   * valid JSON: with escaped control characters.
   */
  read(piece: string): { length: number; output: string };
  isComplete(): boolean;
}

/** Creates a scanner, which counts the open brackets. */
export function createJsonScanner(): JsonScanner {
  let depth = 0;
  let hasStarted = false;
  let isInString = false;
  let isEscaped = false;
  const isComplete = () => hasStarted && depth <= 0 && !isInString;

  function addOutside(character: string): void {
    if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      hasStarted = true;
    } else if (character === '}' || character === ']') depth -= 1;
  }

  function addInside(character: string): void {
    if (isEscaped) isEscaped = false;
    else if (character === '\\') isEscaped = true;
    else if (character === '"') isInString = false;
  }

  return {
    read(piece) {
      let length = 0;
      let output = '';
      for (const character of piece) {
        if (isComplete()) break;
        output += isInString && !isEscaped ? escapeControl(character) : character;
        if (isInString) addInside(character);
        else addOutside(character);
        length += character.length;
      }
      return { length, output };
    },
    isComplete,
  };
}

function escapeControl(character: string): string {
  return character < ' ' ? JSON.stringify(character).slice(1, -1) : character;
}

/** Returns the objects at the start of a text that follow one another. */
export function splitObjects(text: string): string[] {
  const objects: string[] = [];
  let rest = text;
  while (true) {
    rest = rest.replace(/^[\s,;]+/, '');
    if (!rest.startsWith('{')) return objects;
    const scanner = createJsonScanner();
    const { length, output } = scanner.read(rest);
    if (!scanner.isComplete() || parseLenientJson(output) === undefined) return objects;
    objects.push(output);
    rest = rest.slice(length);
  }
}
