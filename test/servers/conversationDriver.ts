import { act } from '@testing-library/react';
import { getMessageText, useConversation, useDeleteThread } from 'assistants-react';
import { openHookPage, type PageOptions } from './openHookPage.js';
import type { OpenDriver } from './script.js';
import { fixtureTools } from './tools.js';

const ASSISTANT = 'asst_fixture';

function useChat({ threadId, transport }: PageOptions) {
  const tools = fixtureTools;
  return {
    ...useConversation({ assistantId: ASSISTANT, threadId, transport, tools }),
    deletion: useDeleteThread(),
  };
}

/** Drives a server with `useConversation`. */
export const openConversationDriver: OpenDriver = (fixture) => {
  const { driver, getState } = openHookPage(fixture, useChat, {
    getTexts: ({ messages }) => messages.map(({ message }) => getMessageText(message)),
    isIdle: ({ status }) => status === 'idle',
    getProblem: ({ error, toolCalls, deletion }) =>
      (error ?? toolCalls.error ?? deletion.error)?.message,
  });
  return {
    ...driver,
    send: (text) => act(() => getState().send(text)),
    stop: () => act(() => getState().stop()),
    async loadOlder() {
      await driver.until(() => getState().history.hasOlder, 'older messages');
      act(() => getState().history.loadOlder());
    },
  };
};
