import type { Meta, StoryObj } from '@storybook/react-vite';
import { useDeleteFile, useFile, useFileContent, useFiles, useUploadFile } from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { createFile } from './hookData.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/** The hooks of uploaded files, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Files' } satisfies Meta;

export default meta;

const createTextFile = () => new File(['Black tea steeps for four minutes.'], 'black-tea.txt');

export const UseFiles: StoryObj<object> = {
  name: 'useFiles',
  parameters: withData([], { prepare: createFile }),
  render: function Render() {
    const params = { query: { purpose: 'assistants' } };
    return <QueryDemo hook="useFiles" params={params} result={useFiles(params)} />;
  },
  play: expectData,
};

export const UseFile: StoryObj<{ fileId: string }> = {
  name: 'useFile',
  parameters: withData(['fileId'], { prepare: createFile }),
  render: function Render({ fileId }) {
    const params = { fileId };
    return <QueryDemo hook="useFile" params={params} result={useFile(params)} />;
  },
  play: expectData,
};

export const UseFileContent: StoryObj<{ fileId: string }> = {
  name: 'useFileContent',
  parameters: withData(['fileId'], { prepare: createFile }),
  render: function Render({ fileId }) {
    const params = { fileId };
    return (
      <QueryDemo hook="useFileContent" params={params} result={useFileContent(params).query} />
    );
  },
  play: expectData,
};

export const UseUploadFile: StoryObj<object> = {
  name: 'useUploadFile',
  parameters: withData([]),
  render: function Render() {
    return (
      <MutationDemo
        hook="useUploadFile"
        variables={{ body: { file: createTextFile(), purpose: 'assistants' } }}
        result={useUploadFile()}
      />
    );
  },
  play: mutate,
};

export const UseDeleteFile: StoryObj<{ fileId: string }> = {
  name: 'useDeleteFile',
  parameters: withData(['fileId'], { prepare: createFile }),
  render: function Render({ fileId }) {
    return <MutationDemo hook="useDeleteFile" variables={{ fileId }} result={useDeleteFile()} />;
  },
  play: mutate,
};
