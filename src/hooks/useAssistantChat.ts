import { useState, type ChangeEvent, type FormEvent } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { OutgoingMessage } from '../core/conversation/OutboxItem.js';
import { getRawMessageText } from '../protocol/getRawMessageText.js';
import { useConversation } from './useConversation.js';
import type { ConversationOptions } from './useConversationStore.js';

/** Message in the shape of the AI SDK. */
export interface AssistantChatMessage {
  /** Key of the message's row. Does not change when the server assigns an id to the message. */
  id: string;
  role: 'user' | 'assistant';
  /** Text of the message. Images and files are left out. */
  content: string;
}

/** Result of `useAssistantChat`, with the names of `useAssistant` in the AI SDK. */
export interface UseAssistantChatResult {
  /** Oldest first. The last one grows while the assistant answers. */
  messages: AssistantChatMessage[];
  /** Undefined until the first message has created the thread. */
  threadId: string | undefined;
  /** Shows another thread, or starts a new one with undefined. */
  setThreadId: (threadId: string | undefined) => void;
  /** Text of the message that is being written. */
  input: string;
  setInput: (input: string) => void;
  /** `onChange` handler of an input or a text area. */
  handleInputChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  /** Sends `input` and clears it. As the `onSubmit` handler of a form, it prevents the navigation. */
  submitMessage: (event?: FormEvent) => Promise<void>;
  /** Sends a message and runs the assistant. */
  append: (message: { role?: 'user'; content: string } | string) => Promise<void>;
  /** Cancels the active run. */
  stop: () => Promise<void>;
  /** 'in_progress' while a message is being sent or the assistant answers. */
  status: 'in_progress' | 'awaiting_message';
  /** See `error` of `useConversation`. */
  error: AssistantsError | undefined;
}

/**
 * Wraps `useConversation` in the shape of the `useAssistant` hook that the AI SDK has removed, so that only an import has to
 * change. It calls the server of the provider, not a route of the app. For tools, files and steps use `useConversation`.
 */
export function useAssistantChat({
  threadId: initialThreadId,
  ...options
}: ConversationOptions): UseAssistantChatResult {
  const [threadId, setThreadId] = useState(initialThreadId ?? undefined);
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
      content: getRawMessageText(message),
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
