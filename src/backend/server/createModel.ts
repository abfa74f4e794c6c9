import { chatCompletionsModel } from '../models/chatCompletionsModel.js';
import type { Model } from '../models/Model.js';
import { scriptedModel } from '../models/scripted/scriptedModel.js';
import type { ModelSettings } from './parseCommand.js';

/** Pause between the words of the demo, in milliseconds. */
const DEMO_PACE_MS = 20;

/** Creates the model that the command line selects. Without settings, it plays the demo at reading speed. */
export function createModel(settings: ModelSettings | undefined): Model {
  if (settings === undefined) return scriptedModel(undefined, { paceMs: DEMO_PACE_MS });
  const { baseUrl, apiKey, model } = settings;
  return chatCompletionsModel({
    baseUrl,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(model === undefined ? {} : { model }),
  });
}
