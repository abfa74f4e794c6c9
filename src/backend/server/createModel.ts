import { chatCompletionsModel } from '../models/chatCompletionsModel.js';
import type { Model } from '../models/model.js';
import { scriptedModel } from '../models/scripted/scriptedModel.js';
import type { ModelSettings } from './parseCommand.js';

/** The model that a command line asks for; without one, the demo at a pace that can be read. */
export function createModel(settings: ModelSettings | undefined): Model {
  if (settings === undefined) return scriptedModel(undefined, { paceMs: 20 });
  const { baseUrl, apiKey, model } = settings;
  return chatCompletionsModel({
    baseUrl,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(model === undefined ? {} : { model }),
  });
}
