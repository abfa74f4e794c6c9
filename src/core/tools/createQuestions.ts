import type { SchemaIssue } from '../../protocol/ToolCall.js';
import { toFormSchema } from './toJsonSchema.js';
import type { ToolCallsEvent } from './ToolCallsEvent.js';
import type { ToolSchema } from './ToolSchema.js';
import { validateValue } from './validateValue.js';

/** Questions that handlers ask the user, at most one for each call. */
export interface Questions {
  /** Resolves with an answer that is valid for the schema. Never settles if the question is removed. */
  ask: (id: string, schema: ToolSchema, question: string | undefined) => Promise<unknown>;
  /** Answers the question of a call. Resolves with the issues of an invalid answer, and ignores a call without a question. */
  answer: (id: string, value: unknown) => Promise<readonly SchemaIssue[]>;
  remove: (id: string) => void;
}

interface Question {
  schema: ToolSchema;
  resolve: (answer: unknown) => void;
}

export function createQuestions(dispatch: (event: ToolCallsEvent) => void): Questions {
  const questions = new Map<string, Question>();
  return {
    ask: (id, schema, question) =>
      new Promise((resolve) => {
        questions.set(id, { schema, resolve });
        dispatch({ type: 'asked', id, question, schema: toFormSchema(schema) });
      }),
    async answer(id, value) {
      const question = questions.get(id);
      if (!question) return [];
      const { value: answer, issues } = await validateValue(question.schema, value);
      if (issues.length > 0 || questions.get(id) !== question) return issues;
      questions.delete(id);
      dispatch({ type: 'answered', id });
      question.resolve(answer);
      return [];
    },
    remove(id) {
      questions.delete(id);
    },
  };
}
