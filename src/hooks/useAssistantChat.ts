import { useState, type ChangeEvent, type FormEvent } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { Message } from '../protocol/types.js';
import type { OutgoingMessage } from '../core/conversation/OutboxItem.js';
import { useConversation } from './useConversation.js';
import type { ConversationOptions } from './useConversationStore.js';

/** A message as chats of the AI SDK know it: its text alone. */
export interface AssistantChatMessage {
  id: string;
  role: 'user' | 'assistant';
  content: string;
}

export interface UseAssistantChatResult {
  messages: AssistantChatMessage[];
  threadId: string | undefined;
  setThreadId: (threadId: string | undefined) => void;
  input: string;
  setInput: (input: string) => void;
  handleInputChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  /** Sends the input; as the handler of a form, it keeps the page. */
  submitMessage: (event?: FormEvent) => Promise<void>;
  append: (message: { role?: 'user'; content: string } | string) => Promise<void>;
  stop: () => Promise<void>;
  status: 'in_progress' | 'awaiting_message';
  error: AssistantsError | undefined;
}

/**
 * `useConversation` in the shape of the `useAssistant` that the AI SDK has removed, so that an app written for it changes an
 * import. It talks to the server of the provider, not to a route of the app. Tools, files and steps need `useConversation`.
 */
export function useAssistantChat({
  threadId: given,
  ...options
}: ConversationOptions): UseAssistantChatResult {
  const [threadId, setThreadId] = useState(given ?? undefined);
  const [input, setInput] = useState('');
  const conversation = useConversation({
    ...options,
    threadId,
    onThreadIdChange(id) {
      setThreadId(id);
      options.onThreadIdChange?.(id);
    },
  });
  const { status } = conversation;
  const isWaiting = status === 'idle' || status === 'error' || status === 'loading';
  const send = (outgoing: OutgoingMessage) => conversation.send(outgoing);

  return {
    messages: conversation.messages.map(({ key, message }) => ({
      id: key,
      role: message.role,
      content: textOf(message),
    })),
    threadId: conversation.threadId,
    setThreadId,
    input,
    setInput,
    handleInputChange: (event) => setInput(event.target.value),
    async submitMessage(event) {
      event?.preventDefault();
      const text = input.trim();
      if (text === '') return;
      setInput('');
      await send(text);
    },
    append: (message) => send(typeof message === 'string' ? message : message.content),
    stop: conversation.stop,
    status: isWaiting ? 'awaiting_message' : 'in_progress',
    error: conversation.error,
  };
}

function textOf({ content }: Message): string {
  return content.map((part) => (part.type === 'text' ? part.text.value : '')).join('');
}
