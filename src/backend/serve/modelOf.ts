import type { Model } from '../models/model.js';
import { scriptedModel } from '../models/scriptedModel.js';
import type { ModelSettings } from './readCommand.js';

/** The model that a command line asks for; without one, the demo at a pace that can be read. */
export function modelOf(settings: ModelSettings | undefined): Model {
  if (settings === undefined) return scriptedModel(undefined, { paceMs: 20 });
  throw new Error('A model server is not spoken to yet. Leave --model-base-url and --model out for the scripted demo.');
}
