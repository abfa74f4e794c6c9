import { sliceText } from '../../common/sliceText.js';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { getRawMessageText } from '../../protocol/getRawMessageText.js';

/** Start of a thread, for which an app generates a title. */
export interface TitleRequest {
  threadId: string;
  /** Text of the user's first message. */
  question: string;
  /** Text of the first answer. */
  answer: string;
}

/** Returns a title for a thread, or a blank text to keep the first words. */
export type GenerateTitle = (request: TitleRequest) => string | Promise<string>;

/** Maximum length of a title in UTF-16 units. */
const MAX_LENGTH = 200;
/** The first messages of a thread. The answer may follow several messages of the user. */
const FIRST = { limit: 20, order: 'asc' } as const;

/**
 * Generates the title of a thread. Undefined if the thread has no answer yet. A blank title, or a function that fails,
 * gives an empty text. Source: listMessages.
 */
export async function generateThreadTitle(
  client: AssistantsClient,
  generateTitle: GenerateTitle,
  threadId: string,
): Promise<string | undefined> {
  const { data } = await client.listMessages({ threadId, query: FIRST });
  const texts = data.map((message) => ({ ...message, text: getRawMessageText(message).trim() }));
  const findText = (role: string) =>
    texts.find((message) => message.role === role && message.text !== '')?.text;
  const [question, answer] = [findText('user'), findText('assistant')];
  if (question === undefined || answer === undefined) return undefined;
  try {
    const title = await generateTitle({ threadId, question, answer });
    // A title is one line, even if a model explains it below it.
    const [line = ''] = title.trim().split('\n', 1);
    return sliceText(line, 0, MAX_LENGTH).trim();
  } catch {
    return '';
  }
}
