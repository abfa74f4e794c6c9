import type { Assistant, AssistantTool } from 'assistants-react';
import { describe, expect, it } from 'vitest';
import { assistant as createAssistant } from '../../../../stories/fixtures.js';
import {
  createAssistantDraft,
  type AssistantDraft,
  type AssistantFieldName,
} from '../../../../src/components/assistant/draft/AssistantDraft.js';
import {
  toAssistantValues,
  toFieldValues,
} from '../../../../src/components/assistant/draft/toAssistantValues.js';

/** Values of another API version, other servers and later versions. */
const UNKNOWN_TOOLS = [
  { type: 'telepathy', range: { km: 3 } },
  { type: 'file_search', file_search: { max_num_results: 7, later: true } },
  { type: 'retrieval' },
  { type: 'function', function: { name: 'f', parameters: null, later: [1] }, cache: 'yes' },
  { type: 'function', function: { name: 'g', description: null, strict: null } },
  { type: 'function', function: 'not an object' },
] as unknown as AssistantTool[];

const change = (
  assistant: Assistant,
  name: AssistantFieldName,
  changes: Partial<AssistantDraft>,
  apiVersion: 'v1' | 'v2' = 'v2',
) =>
  toFieldValues({ ...createAssistantDraft(assistant, apiVersion), ...changes }, [name], {
    apiVersion,
    assistant,
  });

it('keeps tools and members that the form does not know', () => {
  const assistant = createAssistant({ tools: UNKNOWN_TOOLS });
  const draft = createAssistantDraft(assistant, 'v2');
  const values = toAssistantValues(draft, [], { apiVersion: 'v2', assistant });
  expect(values.tools).toEqual(UNKNOWN_TOOLS);
});

it('changes what the user has edited in a function, and nothing else of it', () => {
  const assistant = createAssistant({ tools: UNKNOWN_TOOLS });
  const { tools } = createAssistantDraft(assistant, 'v2');
  const edited = tools.map((tool) =>
    tool.kind === 'function' && tool.name === 'f'
      ? { ...tool, description: 'Does f.', parameters: '{"type":"object"}', strict: true }
      : tool,
  );
  const { tools: saved = [] } = change(assistant, 'tools', { tools: edited });
  expect(saved[3]).toEqual({
    type: 'function',
    cache: 'yes',
    function: {
      name: 'f',
      description: 'Does f.',
      parameters: { type: 'object' },
      strict: true,
      later: [1],
    },
  });
  expect(saved.toSpliced(3, 1)).toEqual(UNKNOWN_TOOLS.toSpliced(3, 1));
});

describe('metadata', () => {
  it('may have keys that are inherited ones elsewhere', () => {
    const text = '{"__proto__":"a","constructor":"b","toString":"c"}';
    const assistant = createAssistant({ metadata: JSON.parse(text) as Assistant['metadata'] });
    const { metadata } = createAssistantDraft(assistant, 'v2');
    expect(metadata.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    const values = change(assistant, 'metadata', { metadata });
    expect(JSON.stringify(values)).toBe(`{"metadata":${text}}`);
  });
});

describe('files', () => {
  const resources = {
    code_interpreter: { file_ids: ['file_1'] },
    file_search: { vector_store_ids: ['vs_1'] },
  };
  const both = createAssistant({ file_ids: ['file_old'], tool_resources: resources });

  it('are file_ids in version 1', () => {
    expect(createAssistantDraft(both, 'v1').files.attached).toEqual(['file_old']);
    const files = { attached: ['file_old', 'file_new'], searched: [], removed: [] };
    expect(change(both, 'files', { files }, 'v1')).toEqual({
      file_ids: ['file_old', 'file_new'],
    });
  });

  it('are tool_resources in version 2, and keep the vector store', () => {
    expect(createAssistantDraft(both, 'v2').files.attached).toEqual(['file_1']);
    const files = { attached: [], searched: [], removed: [] };
    expect(change(both, 'files', { files })).toEqual({
      tool_resources: { ...resources, code_interpreter: { file_ids: [] } },
    });
  });

  it('for the file search are those of a new vector store', () => {
    const files = { attached: [], searched: ['file_2'], removed: [] };
    expect(change(createAssistant(), 'files', { files })).toEqual({
      tool_resources: {
        code_interpreter: { file_ids: [] },
        file_search: { vector_stores: [{ file_ids: ['file_2'] }] },
      },
    });
  });
});

describe('the response format', () => {
  it('of a type that the form does not know is kept', () => {
    const format = { type: 'grammar', rules: 'a b' } as unknown as NonNullable<
      Assistant['response_format']
    >;
    const assistant = createAssistant({ response_format: format });
    const draft = createAssistantDraft(assistant, 'v2').response_format;
    expect(draft.type).toBe('grammar');
    expect(change(assistant, 'response_format', {})).toEqual({ response_format: format });
  });

  it('keeps the members of a schema that the form does not show', () => {
    const assistant = createAssistant({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'old', description: 'Kept.', schema: { type: 'object' } },
      },
    });
    const draft = createAssistantDraft(assistant, 'v2').response_format;
    const response_format = { ...draft, name: 'new', strict: true };
    expect(change(assistant, 'response_format', { response_format })).toEqual({
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'new',
          description: 'Kept.',
          schema: { type: 'object' },
          strict: true,
        },
      },
    });
  });
});

it('reads numbers with a point or a comma, and an empty text as the default', () => {
  const assistant = createAssistant({ temperature: 1 });
  expect(change(assistant, 'temperature', { temperature: ' 0,25 ' })).toEqual({
    temperature: 0.25,
  });
  expect(change(assistant, 'top_p', { top_p: '.5' })).toEqual({ top_p: 0.5 });
  expect(change(assistant, 'temperature', { temperature: '' })).toEqual({ temperature: null });
});

it('shows nothing for values of the wrong type', () => {
  const damaged = {
    name: { a: 1 },
    tools: 'all',
    metadata: [],
    tool_resources: { code_interpreter: { file_ids: 'file_1' } },
    temperature: 'hot',
    response_format: 5,
  } as unknown as Assistant;
  const draft = createAssistantDraft(damaged, 'v2');
  expect(draft).toMatchObject({
    name: '',
    tools: [],
    metadata: [],
    files: { attached: [], searched: [], removed: [] },
    temperature: 'hot',
    response_format: { type: 'auto' },
  });
});
