import { isRecord } from '../../common/isRecord.js';
import type { Assistant, AssistantTool } from '../../protocol/types.js';
import { countCodePoints } from '../countCodePoints.js';
import type { TextFormat } from '../i18n/createFormat.js';
import type { ComponentTexts } from '../i18n/ComponentTexts.js';

/** Values of `AssistantForm`, as a body of createAssistant and modifyAssistant. Empty texts are null. */
export interface AssistantFormValues {
  name: string | null;
  model: string;
  description: string | null;
  instructions: string | null;
  tools: AssistantTool[];
}

/** Texts in the fields of the form. `tools` is JSON. */
export type AssistantDraft = Record<
  'name' | 'model' | 'description' | 'instructions' | 'tools',
  string
>;

/** Limits of the API in code points. */
const LIMITS = { name: 256, description: 512, instructions: 256_000 } as const;

/** Returns the field texts for an assistant, or for a new one. */
export function createAssistantDraft(
  assistant: Partial<Pick<Assistant, keyof AssistantDraft>> | undefined,
): AssistantDraft {
  return {
    name: assistant?.name ?? '',
    model: assistant?.model ?? '',
    description: assistant?.description ?? '',
    instructions: assistant?.instructions ?? '',
    tools: JSON.stringify(assistant?.tools ?? [], null, 2),
  };
}

/** Returns an error text for each invalid field, in the language of the texts. */
export function validateAssistantDraft(
  draft: AssistantDraft,
  { assistant: texts }: ComponentTexts,
  format: TextFormat,
): Partial<AssistantDraft> {
  const errors: Partial<AssistantDraft> = {};
  for (const name of ['name', 'description', 'instructions'] as const) {
    if (countCodePoints(draft[name]) > LIMITS[name])
      errors[name] = texts.tooLong(format.number(LIMITS[name]));
  }
  if (draft.model.trim() === '') errors.model = texts.required;
  const parsed = parseTools(draft.tools);
  if (parsed.kind === 'invalid-json') errors.tools = texts.invalidTools(parsed.message);
  if (parsed.kind === 'not-tools') errors.tools = texts.toolsNotList;
  return errors;
}

/** Returns the values of a valid draft. */
export function parseAssistantDraft(draft: AssistantDraft): AssistantFormValues {
  const parsed = parseTools(draft.tools);
  return {
    name: draft.name.trim() || null,
    model: draft.model.trim(),
    description: draft.description.trim() || null,
    instructions: draft.instructions || null,
    tools: parsed.kind === 'tools' ? parsed.tools : [],
  };
}

type ParsedTools =
  | { kind: 'tools'; tools: AssistantTool[] }
  | { kind: 'invalid-json'; message: string }
  | { kind: 'not-tools' };

function parseTools(text: string): ParsedTools {
  if (text.trim() === '') return { kind: 'tools', tools: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: 'invalid-json',
      message: error instanceof Error ? error.message : String(error),
    };
  }
  // The server validates the fields of each tool: it may support types that this library does not know.
  return Array.isArray(value) && value.every(isTool)
    ? { kind: 'tools', tools: value }
    : { kind: 'not-tools' };
}

function isTool(value: unknown): value is AssistantTool {
  return isRecord(value) && typeof value['type'] === 'string';
}
