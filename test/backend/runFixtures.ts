import type { ScriptedLines } from '../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';

/** Last events of a successful run. */
export const COMPLETES = ['thread.run.completed', 'done'];

/** Function tool. */
export const WEATHER = { type: 'function', function: { name: 'get_weather', parameters: {} } };

/** Creates a model that says `say`, and `after` once it has the outputs of its calls. */
export const answerWith = (say: ScriptedLines, after: ScriptedLines = 'Thank you.') => ({
  model: scriptedModel([{ say, after }]),
});

/** Call of the function tool. */
export const CALL = { call: 'get_weather', id: 'call_a', with: { city: 'Paris' } };
export const SECOND_CALL = { call: 'get_weather', id: 'call_b', with: { city: 'Tokyo' } };

/** Output of `CALL`. */
export const OUTPUT = { tool_call_id: 'call_a', output: '21' };

/** Reads an error response. */
export async function readError(response: Response): Promise<{ status: number; error: unknown }> {
  const body = (await response.json()) as { error: unknown };
  return { status: response.status, error: body.error };
}

/** Error that `readError` returns for a rejected request. */
export const badRequest = (message: string) => ({
  status: 400,
  error: { message, type: 'invalid_request_error', param: null, code: null },
});
