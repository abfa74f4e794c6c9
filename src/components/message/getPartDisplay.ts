import type { Message } from '../../protocol/types.js';

/** Display settings of one content part of a message. */
export interface PartDisplay {
  /** `plain` for messages of the user, which are shown as typed. */
  format: 'markdown' | 'plain';
  /** True while the text of the part is streamed. */
  isStreaming: boolean;
}

/** Returns the display settings of the content part at an index. Only the last part of a message can be streaming. */
export function getPartDisplay(
  { role, content }: Pick<Message, 'role' | 'content'>,
  index: number,
  isStreaming: boolean,
): PartDisplay {
  return {
    format: role === 'user' ? 'plain' : 'markdown',
    isStreaming: isStreaming && index === content.length - 1,
  };
}
