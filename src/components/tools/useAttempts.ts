import { useState } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { checkJson } from './readArguments.js';
import type { JsonSchema, ToolOutputResult, SchemaIssue } from '../../protocol/ToolCall.js';
import type { EditedValue } from './useEditedValue.js';

/** Tries to hand over a value that is being written, and keeps what is wrong with it. */
export interface Attempts {
  /** How many have failed. */
  attempts: number;
  issues: readonly SchemaIssue[];
  /** In words, for a value that is written as text. */
  problem: string | undefined;
  onProblems: (count: number) => void;
  /** Whether it was handed over. */
  attempt: () => Promise<boolean>;
}

export function useAttempts(
  edited: EditedValue,
  schema: JsonSchema | undefined,
  take: (result: ToolOutputResult) => void | Promise<void | readonly SchemaIssue[]>,
): Attempts {
  const texts = useCompleteTexts();
  const [attempts, setAttempts] = useState(0);
  const [problems, setProblems] = useState(0);
  const [refused, setRefused] = useState<{ of: unknown; issues: readonly SchemaIssue[] }>();
  const [isTrying, setIsTrying] = useState(false);
  const { mode, text, value } = edited;
  const written = mode === 'form' ? value : text;
  const unreadable = mode === 'json' ? jsonProblem(text, texts.tools) : undefined;
  // What was wrong with another value is no longer.
  const issues = refused !== undefined && refused.of === written ? refused.issues : NONE;
  const told = issues
    .map(({ message, path }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join(' ');

  return {
    attempts,
    issues,
    problem:
      attempts > 0 && mode !== 'form'
        ? (unreadable ?? (told === '' ? undefined : told))
        : undefined,
    onProblems: setProblems,
    async attempt() {
      if (isTrying) return false;
      if (unreadable !== undefined || (mode === 'form' && problems > 0)) {
        setAttempts(attempts + 1);
        return false;
      }
      setIsTrying(true);
      const found = (await take(edited.result(schema !== undefined))) ?? NONE;
      setIsTrying(false);
      setRefused({ of: written, issues: found });
      if (found.length > 0) setAttempts(attempts + 1);
      return found.length === 0;
    },
  };
}

const NONE: readonly SchemaIssue[] = [];

function jsonProblem(
  text: string,
  texts: { emptyJson: string; invalidJson: (reason: string) => string },
): string | undefined {
  if (text.trim() === '') return texts.emptyJson;
  const check = checkJson(text);
  return check.isValid ? undefined : texts.invalidJson(check.reason);
}
