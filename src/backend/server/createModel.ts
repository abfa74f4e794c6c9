import { chatCompletionsModel } from '../models/chatCompletionsModel.js';
import type { Model } from '../models/Model.js';
import { responsesModel } from '../models/responsesModel.js';
import type { ModelLogEntry } from '../models/server/ModelLogEntry.js';
import type { ModelServerOptions } from '../models/server/ModelServerOptions.js';
import { fetchWithoutLimit } from './fetchWithoutLimit.js';
import { scriptedModel } from '../models/scripted/scriptedModel.js';
import type { ModelSettings } from './parseModel.js';

/** Pause between the words of the demo, in milliseconds. */
const DEMO_PACE_MS = 20;

/**
 * Creates the model that the command line selects. Without settings, it plays the demo at reading speed.
 *
 * @param log Called with the entries of the log of a model server.
 */
export function createModel(
  settings: ModelSettings | undefined,
  log: (entry: ModelLogEntry) => void,
): Model {
  if (settings === undefined) return scriptedModel(undefined, { paceMs: DEMO_PACE_MS });
  const { baseUrl, apiKey, model, timeoutMs, retry, builtInTools } = settings;
  const options: ModelServerOptions = {
    baseUrl,
    log,
    fetch: fetchWithoutLimit,
    ...(retry === undefined ? {} : { retry }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(model === undefined ? {} : { model }),
  };
  return builtInTools === undefined
    ? chatCompletionsModel(options)
    : responsesModel({ ...options, builtInTools });
}
