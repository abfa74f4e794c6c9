import { tryParseJson } from '../../../common/tryParseJson.js';

/** A string without an end matches, too: otherwise, each of its quotes would be searched for an end again. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b/gs;

/**
 * Parses JSON, and what is almost JSON: texts with control characters, and the numbers NaN and Infinity, which become
 * null. Returns undefined for any other text.
 */
export function parseLenientJson(json: string): unknown {
  return tryParseJson(json) ?? tryParseJson(repairJson(json));
}

function repairJson(json: string): string {
  return json.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"')
      ? token.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
      : 'null',
  );
}
