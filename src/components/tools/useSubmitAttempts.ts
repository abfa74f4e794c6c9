import { useState } from 'react';
import { formatIssues } from '../../common/formatIssues.js';
import type { JsonSchema, SchemaIssue, ToolOutputResult } from '../../protocol/ToolCall.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { parseJson } from './parseJson.js';
import type { EditedValue } from './useEditedValue.js';

/** Receives a result. Resolves with its issues; without any, the result was accepted. Rejects with a message for the user. */
export type OnResult = (result: ToolOutputResult) => void | Promise<void | readonly SchemaIssue[]>;

/** Attempts to submit an edited value, and the problems of the last one. */
export interface SubmitAttempts {
  /** Number of attempts that failed. */
  count: number;
  /** Issues that the receiver has found. Empty again once the value changes. */
  issues: readonly SchemaIssue[];
  /** Problem of a value that is edited as text, for display below it. Undefined in the mode `form`, which shows its own. */
  problem: string | undefined;
  /** Receives the number of problems that the form has found. */
  onProblems: (count: number) => void;
  /** Submits the value if it has no problems. Resolves with true if it was accepted. */
  submit: () => Promise<boolean>;
}

const NO_ISSUES: readonly SchemaIssue[] = [];

export function useSubmitAttempts(
  edited: EditedValue,
  schema: JsonSchema | undefined,
  onResult: OnResult,
): SubmitAttempts {
  const texts = useCompleteTexts();
  const [count, setCount] = useState(0);
  const [formProblemCount, setFormProblemCount] = useState(0);
  const [rejected, setRejected] = useState<{ entry: unknown; issues: readonly SchemaIssue[] }>();
  const [isSubmitting, setIsSubmitting] = useState(false);
  const { mode, text, value } = edited;
  const entry = mode === 'form' ? value : text;
  const jsonProblem = mode === 'json' ? findJsonProblem(text, texts.tools) : undefined;
  const issues = rejected && rejected.entry === entry ? rejected.issues : NO_ISSUES;
  const problem = jsonProblem ?? (issues.length > 0 ? formatIssues(issues) : undefined);

  return {
    count,
    issues,
    problem: count > 0 && mode !== 'form' ? problem : undefined,
    onProblems: setFormProblemCount,
    async submit() {
      if (isSubmitting) return false;
      if (jsonProblem !== undefined || (mode === 'form' && formProblemCount > 0)) {
        setCount(count + 1);
        return false;
      }
      setIsSubmitting(true);
      const found = await findIssues(onResult, edited.getResult(schema !== undefined));
      setIsSubmitting(false);
      setRejected({ entry, issues: found });
      if (found.length > 0) setCount(count + 1);
      return found.length === 0;
    },
  };
}

/** Passes a result on, and returns its issues. A failure is one, too: the user must learn why, and be able to try again. */
async function findIssues(
  onResult: OnResult,
  result: ToolOutputResult,
): Promise<readonly SchemaIssue[]> {
  try {
    return (await onResult(result)) ?? NO_ISSUES;
  } catch (error) {
    return [{ message: error instanceof Error ? error.message : String(error), path: [] }];
  }
}

function findJsonProblem(
  text: string,
  texts: { emptyJson: string; invalidJson: (reason: string) => string },
): string | undefined {
  if (text.trim() === '') return texts.emptyJson;
  const parsed = parseJson(text);
  return parsed.isValid ? undefined : texts.invalidJson(parsed.reason);
}
