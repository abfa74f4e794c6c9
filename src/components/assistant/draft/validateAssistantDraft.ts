import { isRecord } from '../../../common/isRecord.js';
import { countCodePoints } from '../../countCodePoints.js';
import type { ComponentTexts } from '../../i18n/ComponentTexts.js';
import type { TextFormat } from '../../i18n/createFormat.js';
import { truncate } from '../../truncate.js';
import type { AssistantDraft, AssistantFieldName, MetadataRow } from './AssistantDraft.js';
import { checkSchemaText } from './checkSchemaText.js';
import { findJsonProblem, type JsonProblem } from './findJsonProblem.js';
import { parseDecimal } from './toAssistantValues.js';
import type { FunctionDraft, JsonToolDraft, ToolDraft } from './toolDrafts.js';

/** Problem of a control of the form. */
export interface DraftProblem {
  /** Field of the control. */
  field: AssistantFieldName;
  message: string;
  /** True for an empty control, which is shown with the first submit: the user may not have got there yet. */
  isMissing: boolean;
}

/** Problems by the names of the controls, such as 'model' and 'tools.<key>.name', in the order of the form. */
export type DraftProblems = ReadonlyMap<string, DraftProblem>;

/** Limits of the API. Texts are measured in code points. */
const LIMITS = { name: 256, description: 512, instructions: 256_000 } as const;
const RANGES = { temperature: 2, top_p: 1 } as const;
export const MAX_METADATA_PAIRS = 16;
const MAX_KEY_LENGTH = 64;
const MAX_VALUE_LENGTH = 512;
const MAX_TOOLS = 128;
export const MAX_FILES = 20;
const FUNCTION_NAME = /^[A-Za-z0-9_-]{1,64}$/;

interface Validation {
  texts: ComponentTexts;
  format: TextFormat;
  /** Adds a problem. Without a message, the control is empty. */
  add: (name: string, message?: string) => void;
}

/** Returns the problems of some fields, in the language of the texts. */
export function validateAssistantDraft(
  draft: AssistantDraft,
  names: readonly AssistantFieldName[],
  texts: ComponentTexts,
  format: TextFormat,
): DraftProblems {
  const problems = new Map<string, DraftProblem>();
  for (const field of names) {
    const add = (name: string, message?: string): void => {
      const isMissing = message === undefined;
      problems.set(name, { field, message: message ?? texts.assistant.required, isMissing });
    };
    validateField(draft, field, { texts, format, add });
  }
  return problems;
}

function validateField(
  draft: AssistantDraft,
  name: AssistantFieldName,
  validation: Validation,
): void {
  const { texts, format, add } = validation;
  switch (name) {
    case 'model':
      if (draft.model.trim() === '') add(name);
      return;
    case 'name':
    case 'description':
    case 'instructions':
      checkLength(validation, name, draft[name], LIMITS[name]);
      return;
    case 'tools':
      validateTools(draft.tools, validation);
      return;
    case 'files':
      if (draft.files.attached.length > MAX_FILES)
        add(name, texts.form.limit.many(format.number(MAX_FILES)));
      return;
    case 'temperature':
    case 'top_p':
      checkRange(validation, name, draft[name], RANGES[name]);
      return;
    case 'response_format':
      validateResponseFormat(draft.response_format, validation);
      return;
    case 'metadata':
      validateMetadata(draft.metadata, validation);
      return;
    case 'reasoning_effort':
      return;
  }
}

function checkLength(
  { texts, format, add }: Validation,
  name: string,
  text: string,
  limit: number,
): void {
  if (countCodePoints(text) > limit) add(name, texts.assistant.tooLong(format.number(limit)));
}

function checkRange(
  { texts, format, add }: Validation,
  name: string,
  text: string,
  maximum: number,
): void {
  const value = parseDecimal(text);
  if (value === undefined) return;
  if (Number.isNaN(value)) add(name, texts.form.invalid.type);
  else if (value < 0) add(name, texts.form.limit.small(format.number(0)));
  else if (value > maximum) add(name, texts.form.limit.large(format.number(maximum)));
}

function validateTools(tools: readonly ToolDraft[], validation: Validation): void {
  const { texts, format, add } = validation;
  const names = new Set<string>();
  for (const tool of tools) {
    if (tool.kind === 'function') validateFunction(tool, names, validation);
    if (tool.kind === 'json') validateJsonTool(tool, validation);
  }
  if (tools.length > MAX_TOOLS) add('tools', texts.form.limit.many(format.number(MAX_TOOLS)));
}

function validateFunction(
  { key, name: text, parameters }: FunctionDraft,
  names: Set<string>,
  validation: Validation,
): void {
  const { texts, add } = validation;
  const name = text.trim();
  const control = `tools.${key}.name`;
  if (name === '') add(control);
  else if (!FUNCTION_NAME.test(name)) add(control, texts.assistant.nameInvalid);
  else if (names.has(name)) add(control, texts.assistant.nameTaken);
  names.add(name);
  checkSchema(validation, `tools.${key}.parameters`, parameters);
}

function validateJsonTool({ key, text }: JsonToolDraft, { texts, add, format }: Validation): void {
  const control = `tools.${key}.text`;
  if (text.trim() === '') {
    add(control);
    return;
  }
  const problem = findJsonProblem(text);
  if (problem) {
    add(control, describeJsonProblem(problem, texts, format));
    return;
  }
  const tool: unknown = JSON.parse(text);
  if (!isRecord(tool) || typeof tool['type'] !== 'string') add(control, texts.assistant.notTool);
}

function validateResponseFormat(
  { type, name, schema }: AssistantDraft['response_format'],
  validation: Validation,
): void {
  if (type !== 'json_schema') return;
  const { texts, add } = validation;
  if (name.trim() === '') add('response_format.name');
  else if (!FUNCTION_NAME.test(name.trim()))
    add('response_format.name', texts.assistant.nameInvalid);
  checkSchema(validation, 'response_format.schema', schema);
}

function checkSchema({ texts, format, add }: Validation, control: string, text: string): void {
  const checked = checkSchemaText(text);
  switch (checked.kind) {
    case 'valid':
      return;
    case 'json':
      add(control, describeJsonProblem(checked.problem, texts, format));
      return;
    case 'not-object':
      add(control, texts.assistant.schemaProblem.object);
      return;
    case 'schema': {
      const { kind, path } = checked.problem;
      add(control, texts.assistant.schemaProblem[kind](truncate(path.join('.'), 100)));
    }
  }
}

function describeJsonProblem(
  { kind, line }: JsonProblem,
  { assistant: texts }: ComponentTexts,
  format: TextFormat,
): string {
  return texts.jsonProblem[kind](format.number(line));
}

function validateMetadata(rows: readonly MetadataRow[], validation: Validation): void {
  const { texts, format, add } = validation;
  const names = new Set<string>();
  for (const { key, name, value } of rows) {
    const control = `metadata.${key}.name`;
    if (name === '') add(control);
    else if (names.has(name)) add(control, texts.form.invalid.unique);
    else checkLength(validation, control, name, MAX_KEY_LENGTH);
    names.add(name);
    checkLength(validation, `metadata.${key}.value`, value, MAX_VALUE_LENGTH);
  }
  if (rows.length > MAX_METADATA_PAIRS)
    add('metadata', texts.form.limit.many(format.number(MAX_METADATA_PAIRS)));
}
