import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  useAssistantFile,
  useAssistantFiles,
  useCreateAssistantFile,
  useDeleteAssistantFile,
} from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { createAssistantFile, createFile } from './hookData.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/**
 * The hooks of files of assistants, which only version 1 of the API has, each with its call, its result, and the
 * requests that it makes.
 */
const meta = { ...hookMeta, title: 'Hooks/Assistant files' } satisfies Meta;

export default meta;

export const UseAssistantFiles: StoryObj<{ assistantId: string }> = {
  name: 'useAssistantFiles',
  parameters: withData(['assistantId'], { apiVersion: 'v1', prepare: createAssistantFile }),
  render: function Render({ assistantId }) {
    const params = { assistantId };
    return (
      <QueryDemo hook="useAssistantFiles" params={params} result={useAssistantFiles(params)} />
    );
  },
  play: expectData,
};

export const UseAssistantFile: StoryObj<{ assistantId: string; fileId: string }> = {
  name: 'useAssistantFile',
  parameters: withData(['assistantId', 'fileId'], {
    apiVersion: 'v1',
    prepare: createAssistantFile,
  }),
  render: function Render({ assistantId, fileId }) {
    const params = { assistantId, fileId };
    return <QueryDemo hook="useAssistantFile" params={params} result={useAssistantFile(params)} />;
  },
  play: expectData,
};

export const UseCreateAssistantFile: StoryObj<{ assistantId: string; fileId: string }> = {
  name: 'useCreateAssistantFile',
  parameters: withData(['assistantId', 'fileId'], { apiVersion: 'v1', prepare: createFile }),
  render: function Render({ assistantId, fileId }) {
    return (
      <MutationDemo
        hook="useCreateAssistantFile"
        variables={{ assistantId, body: { file_id: fileId } }}
        result={useCreateAssistantFile()}
      />
    );
  },
  play: mutate,
};

export const UseDeleteAssistantFile: StoryObj<{ assistantId: string; fileId: string }> = {
  name: 'useDeleteAssistantFile',
  parameters: withData(['assistantId', 'fileId'], {
    apiVersion: 'v1',
    prepare: createAssistantFile,
  }),
  render: function Render({ assistantId, fileId }) {
    return (
      <MutationDemo
        hook="useDeleteAssistantFile"
        variables={{ assistantId, fileId }}
        result={useDeleteAssistantFile()}
      />
    );
  },
  play: mutate,
};
