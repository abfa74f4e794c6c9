import * as approvals from './approvals/assistant.js';
import * as chat from './chat/assistant.js';
import * as composer from './composer/assistant.js';
import * as files from './files/assistant.js';
import * as forms from './forms/assistant.js';
import * as functions from './functions/assistant.js';
import * as hostileText from './hostileText/assistant.js';

/** Assistants of the chapters by the ids of the chapters. Chapters with a server of their own have none here. */
export const chapterAssistants = {
  chat,
  functions,
  approvals,
  forms,
  composer,
  files,
  hostileText,
};
