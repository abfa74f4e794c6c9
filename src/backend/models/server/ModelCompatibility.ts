/**
 * Features of a model server. Features that are not set are learnt: when the server refuses one, the request is made again
 * without it, and the feature is not used again for this model. Set a feature to spare that request, or to keep a feature that
 * a server refuses now and then.
 */
export interface ModelCompatibility {
  /**
   * Names of fields that are never sent, such as `stream_options`, `parallel_tool_calls`, `temperature`, `include` or
   * `reasoning_content`. `max_completion_tokens` is then sent as `max_tokens`.
   * @default none
   */
  omit?: readonly string[];
  /** Instructions in a system message. If false, they are the start of the first user message. @default learnt, at first true */
  systemRole?: boolean;
  /** Conversations that start or end with a message of the assistant. @default learnt, at first true */
  anyRoleOrder?: boolean;
  /** Messages and tool outputs that are empty or blank. @default learnt, at first true */
  emptyContent?: boolean;
  /** Images in user messages. If false, their names are sent. @default learnt, at first true */
  images?: boolean;
  /**
   * Opening tags of reasoning that is part of the text. If false, the template of the model has written the tag, so that answers
   * start inside of the reasoning. @default learnt, at first true
   */
  reasoningStart?: boolean;
  /** Streaming, or streaming of requests without tools only. @default learnt, at first true */
  streaming?: boolean | 'without-tools';
}
