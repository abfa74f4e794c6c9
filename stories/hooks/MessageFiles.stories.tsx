import type { Meta, StoryObj } from '@storybook/react-vite';
import { useMessageFile, useMessageFiles } from 'assistants-react';
import { QueryDemo } from './HookDemo.js';
import { createMessageFile } from './hookData.js';
import { expectData, hookMeta, withData } from './hookStory.js';

/**
 * The hooks of files of messages, which only version 1 of the API has, each with its call, its result, and the requests
 * that it makes.
 */
const meta = { ...hookMeta, title: 'Hooks/Message files' } satisfies Meta;

export default meta;

export const UseMessageFiles: StoryObj<{ threadId: string; messageId: string }> = {
  name: 'useMessageFiles',
  parameters: withData(['threadId', 'messageId'], { apiVersion: 'v1', prepare: createMessageFile }),
  render: function Render({ threadId, messageId }) {
    const params = { threadId, messageId };
    return <QueryDemo hook="useMessageFiles" params={params} result={useMessageFiles(params)} />;
  },
  play: expectData,
};

export const UseMessageFile: StoryObj<{ threadId: string; messageId: string; fileId: string }> = {
  name: 'useMessageFile',
  parameters: withData(['threadId', 'messageId', 'fileId'], {
    apiVersion: 'v1',
    prepare: createMessageFile,
  }),
  render: function Render({ threadId, messageId, fileId }) {
    const params = { threadId, messageId, fileId };
    return <QueryDemo hook="useMessageFile" params={params} result={useMessageFile(params)} />;
  },
  play: expectData,
};
