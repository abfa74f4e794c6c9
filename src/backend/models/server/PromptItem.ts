/** Part of a message in a prompt. */
export type PromptPart =
  | { type: 'text'; text: string }
  /** `name` replaces the image for models that cannot see it. */
  | { type: 'image'; url: string; detail: 'auto' | 'low' | 'high'; name: string };

/** Function call in a prompt. */
export interface PromptCall {
  /** Id of the call in the thread. */
  id: string;
  name: string;
  arguments: string;
  /** Data that the server attached to the call. */
  providerData?: unknown;
}

/** Message of the assistant: its text, and then its calls. */
export interface AssistantItem {
  role: 'assistant';
  parts: PromptPart[];
  calls: PromptCall[];
  /** Data that the server attached to the answer. */
  providerData?: unknown;
}

/** Entry of a prompt, independent of the API of the server. */
export type PromptItem =
  | { role: 'user'; parts: PromptPart[] }
  | AssistantItem
  | { role: 'output'; callId: string; output: string };
