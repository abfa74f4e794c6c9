import { type Fields, toText } from './toFields.js';

const NAME = /^(?:ping|pong|heart_?beat|keep_?-?alive|status|progress|queue\w*)$/i;
const WAITING = /^(?:queued|pending|waiting|processing|in_progress|loading|starting)$/i;

/** Returns true for an object that only says that the server still works. It may have a message for the user. */
export function isHeartbeat(fields: Fields): boolean {
  const names = ['type', 'object', 'event'].map((name) => toText(fields[name]));
  return names.some((name) => NAME.test(name)) || WAITING.test(toText(fields['status']));
}
