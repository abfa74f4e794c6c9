import { errorOutput } from '../../protocol/toolOutput.js';
import type { CallRecords } from './createCallRecords.js';
import type { CallTable } from './createCallTable.js';
import { encodeChecked, readInput } from './runHandler.js';
import { checkSchema, type ToolSchema } from './schema.js';
import { toBaseCall, type ToolCall, type ToolCallBase } from './toolCall.js';
import type { ToolCallsActions } from './toolCalls.js';

/** What a handler has asked, and where the answer goes. */
export interface Question {
  schema: ToolSchema;
  resolve: (value: unknown) => void;
}

/** What the actions of a person need of the engine. */
interface Engine {
  /** The call, while a person may do something about it here. */
  mine: (id: string) => ToolCall | undefined;
  run: (call: ToolCallBase, isApproved: boolean) => Promise<void>;
  wait: (call: ToolCallBase) => void;
  finish: (call: ToolCallBase, output: string) => void;
  /** Ends what goes on for a call. */
  restart: (id: string) => void;
  own: Set<string>;
  answers: Map<string, Question>;
  records: CallRecords;
  keyOf: (id: string) => string;
  table: CallTable;
}

/** What a person does about calls. After each wait it looks whether the call is still where it was. */
export function createCallActions({
  mine,
  run,
  wait,
  finish,
  restart,
  own,
  answers,
  records,
  keyOf,
  table,
}: Engine): Omit<ToolCallsActions, 'submit'> {
  return {
    async approve(id, edited) {
      const call = mine(id);
      if (call?.state !== 'needs-approval') return;
      if (edited === undefined || edited.argumentsText === call.argumentsText) {
        if (call.problem === undefined) await run(call, true);
        return;
      }
      const { argumentsText } = edited;
      const read = await readInput(call.tool?.parameters, argumentsText);
      const next = { ...toBaseCall(call), ...read, argumentsText, isEdited: true };
      if (mine(id)?.state !== call.state) return;
      if (read.problem === undefined) await run(next, true);
      else wait(next);
    },
    deny(id, reason) {
      const call = mine(id);
      if (!call) return;
      restart(id);
      finish(call, errorOutput({ code: 'denied', message: reason }));
    },
    async provide(id, result) {
      const call = mine(id);
      if (!call || call.state === 'running') return [];
      const encoded =
        'text' in result
          ? await encodeChecked(undefined, result.text)
          : await encodeChecked(call.tool?.output, result.value);
      if ('issues' in encoded) return encoded.issues;
      if (mine(id)?.state !== call.state || !('output' in encoded)) return [];
      restart(id);
      finish(call, encoded.output);
      return [];
    },
    async answer(id, value) {
      const question = answers.get(id);
      const call = table.calls.get(id);
      if (!question || !call) return [];
      const { value: checked, issues } = await checkSchema(question.schema, value);
      if (issues.length > 0 || answers.get(id) !== question) return issues;
      answers.delete(id);
      table.put({ ...toBaseCall(call), state: 'running', place: 'here' });
      question.resolve(checked);
      return [];
    },
    async retry(id) {
      const call = mine(id);
      if (call?.state === 'failed' && call.tool && call.problem === undefined)
        await run(call, true);
    },
    reopen(id) {
      const call = mine(id);
      if (!call || !('output' in call)) return;
      own.delete(id);
      records.write(keyOf(id), {
        output: undefined,
        draft: call.state === 'done' ? { text: call.output } : undefined,
      });
      wait(call);
    },
    setDraft(id, draft) {
      const call = mine(id);
      if (call?.state !== 'needs-output') return;
      // Told to nobody: whoever writes it knows, and who comes later finds it.
      table.keep({ ...call, draft });
      records.write(keyOf(id), { draft });
    },
  };
}
