import { useState, type FormEvent, type ReactElement } from 'react';
import type { Assistant, AssistantTool } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { countCodePoints } from '../countCodePoints.js';
import { useFormat } from '../i18n/TextsContext.js';
import { useTexts } from '../i18n/useTexts.js';
import type { TextFormat } from '../i18n/format.js';
import type { ComponentTexts } from '../i18n/texts.js';
import { createPart, type PartProps } from '../part.js';
import { Field } from './Field.js';

/** What the form gives: fits createAssistant and modifyAssistant. Empty texts are null. */
export interface AssistantFormValues {
  name: string | null;
  model: string;
  description: string | null;
  instructions: string | null;
  tools: AssistantTool[];
}

/** Props of `AssistantForm`. */
export interface AssistantFormProps extends Omit<PartProps<'form'>, 'children' | 'onSubmit'> {
  /** The one to change; without it the form is empty. */
  assistant?:
    Pick<Assistant, 'name' | 'model' | 'description' | 'instructions' | 'tools'> | undefined;
  /** Receives what was entered, once it is valid. */
  onSubmit: (values: AssistantFormValues) => void;
  /** Without it there is no cancel button. */
  onCancel?: (() => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Why the last submit failed. */
  error?: string | undefined;
}

const LIMITS = { name: 256, description: 512, instructions: 256_000 } as const;

type Draft = Record<'name' | 'model' | 'description' | 'instructions' | 'tools', string>;
type Problems = Partial<Record<keyof Draft, string>>;

/** Creates or changes an assistant. What the server would refuse is said before it is sent. Element: form. `data-submitting`. */
export function AssistantForm({
  assistant,
  onSubmit,
  onCancel,
  isSubmitting = false,
  error,
  ...props
}: AssistantFormProps): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: assistant?.name ?? '',
    model: assistant?.model ?? '',
    description: assistant?.description ?? '',
    instructions: assistant?.instructions ?? '',
    tools: JSON.stringify(assistant?.tools ?? [], null, 2),
  }));
  const [hasTried, setHasTried] = useState(false);
  const problems = hasTried ? problemsOf(draft, texts, format) : {};
  const field = (
    key: keyof Draft,
  ): {
    name: string;
    value: string;
    error: string | undefined;
    onChange: (value: string) => void;
  } => ({
    name: key,
    value: draft[key],
    error: problems[key],
    onChange: (value) => setDraft({ ...draft, [key]: value }),
  });

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isSubmitting) return;
    setHasTried(true);
    const [first] = Object.keys(problemsOf(draft, texts, format));
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const tools = readTools(draft.tools);
    onSubmit({
      name: draft.name.trim() || null,
      model: draft.model.trim(),
      description: draft.description.trim() || null,
      instructions: draft.instructions || null,
      tools: typeof tools === 'string' ? [] : (tools ?? []),
    });
  };

  const children = (
    <>
      <Field label={texts.assistant.name} {...field('name')} />
      <Field label={texts.assistant.model} isRequired {...field('model')} />
      <Field label={texts.assistant.description} {...field('description')} />
      <Field
        label={texts.assistant.instructions}
        hint={texts.assistant.instructionsHint}
        rows={5}
        {...field('instructions')}
      />
      <Field
        label={texts.assistant.tools}
        hint={texts.assistant.toolsHint}
        rows={4}
        isCode
        {...field('tools')}
      />
      {error !== undefined && (
        <p data-part="field-error" role="alert" dir="auto">
          {error}
        </p>
      )}
      <div data-part="buttons">
        {onCancel !== undefined && <Button onClick={onCancel}>{texts.assistant.cancel}</Button>}
        <Button type="submit" variant="primary" aria-disabled={isSubmitting}>
          {isSubmitting ? texts.assistant.saving : texts.assistant.save}
        </Button>
      </div>
    </>
  );
  const own = { children, noValidate: true, onSubmit: submit };
  return createPart(
    { tag: 'form', name: 'assistant-form', state: { submitting: isSubmitting }, own },
    props,
  );
}

function problemsOf(draft: Draft, texts: ComponentTexts, format: TextFormat): Problems {
  const problems: Problems = {};
  for (const key of ['name', 'description', 'instructions'] as const) {
    if (countCodePoints(draft[key]) > LIMITS[key])
      problems[key] = texts.assistant.tooLong(format.number(LIMITS[key]));
  }
  if (draft.model.trim() === '') problems.model = texts.assistant.required;
  const tools = readTools(draft.tools);
  if (typeof tools === 'string') problems.tools = texts.assistant.invalidTools(tools);
  else if (tools === undefined) problems.tools = texts.assistant.toolsNotList;
  return problems;
}

/** The tools; undefined if they are no list of objects with a type, the parser's words if they are no JSON. */
function readTools(text: string): AssistantTool[] | string | undefined {
  if (text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  // The shape of each tool is the server's to judge: it may know tools that nobody here does.
  return Array.isArray(value) && value.every(isTool) ? value : undefined;
}

function isTool(value: unknown): value is AssistantTool {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}
