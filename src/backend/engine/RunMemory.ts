import type { Usage } from '../../protocol/types.js';
import type { ModelEvent } from '../models/Model.js';

/** State of a run that is kept from one model response to the next. Stored while the run waits, so it must be valid JSON. */
export interface RunMemory {
  /** Tokens of the run so far. Null if the model has reported none. */
  usage: Usage | null;
  /** Tokens that are not assigned to a step yet. */
  stepUsage: Usage | null;
  /** Events that followed function calls. They are written after the tool outputs, because steps never overlap. */
  heldEvents: ModelEvent[];
}
