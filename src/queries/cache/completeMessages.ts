import type { Message } from '../../protocol/types.js';
import type { ListData, ListQuery } from './pages.js';

/** Returns a fetched list of messages with what the cache knows better than the server. */
type Completion = (
  before: ListData<Message>,
  after: ListData<Message>,
  query?: ListQuery,
) => ListData<Message>;

/** Code that changes fetched lists. It is added when it is first needed, so that a page that only reads does not load it. */
export const completions = new Set<Completion>();

/** Creates the function that completes each fetched list of messages before it is cached. */
export function createMessageCompletion(
  query?: ListQuery,
): (before: ListData<Message>, after: ListData<Message>) => ListData<Message> {
  return (before, after) =>
    before === after
      ? after
      : [...completions].reduce((list, complete) => complete(before, list, query), after);
}
