import { useMemo } from 'react';
import { parseArguments } from '../../protocol/toolArguments.js';
import type { JsonSchema, ToolOutputDraft } from '../../protocol/ToolCall.js';
import { useComponents } from '../ComponentsContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { hasFormFields } from './hasFormFields.js';
import { indentJson } from './parseJson.js';
import { useEditedValue, type EditedValue, type OutputMode } from './useEditedValue.js';

/** Arguments of a call that the user edits. */
export interface EditedArguments {
  edited: EditedValue;
  modes: readonly OutputMode[];
  /** True while the text cannot be read: it is not JSON, or parsers read it in different ways. */
  isUnreadable: boolean;
  /** Faulty place in the text that the model wrote, in UTF-16 units. */
  faultyRange: readonly [start: number, end: number] | undefined;
  /** Reason why the arguments are invalid. Undefined once the user has corrected a text that could not be read. */
  problem: string | undefined;
}

/**
 * Holds the state of an editor for arguments. Arguments that cannot be read are edited as the model wrote them, because a form or
 * indented JSON would silently drop a part of them.
 *
 * @param problem Reason why the arguments of the model are invalid.
 * @param stored Changes from before a reload, and a function that is called after each change.
 */
export function useEditedArguments(
  argumentsText: string,
  schema: JsonSchema | undefined,
  problem: string | undefined,
  stored: { draft: ToolOutputDraft | undefined; onChange: (draft: ToolOutputDraft) => void },
): EditedArguments {
  const texts = useCompleteTexts();
  const { SchemaForm } = useComponents();
  const modes: OutputMode[] =
    SchemaForm !== undefined && hasFormFields(schema) ? ['form', 'json'] : ['json'];
  const written = useMemo(() => findProblem(argumentsText), [argumentsText]);
  const draft = useMemo(
    () => (written ? { mode: 'json', text: argumentsText } : { text: indentJson(argumentsText) }),
    [argumentsText, written],
  );
  const edited = useEditedValue(modes, stored.draft ?? draft, stored.onChange);
  const current = useMemo(
    () => (written && edited.mode === 'json' ? findProblem(edited.text) : undefined),
    [written, edited.mode, edited.text],
  );
  const getProblem = (): string | undefined => {
    if (!written || edited.text === argumentsText) return problem;
    return current && texts.tools.invalidJson(current.detail);
  };
  return {
    edited,
    modes,
    isUnreadable: current !== undefined,
    faultyRange: written?.range,
    problem: getProblem(),
  };
}

function findProblem(text: string) {
  const parsed = parseArguments(text);
  return 'problem' in parsed ? parsed : undefined;
}
