import { ThreadComposer } from './ThreadComposer.js';
import { ThreadEmpty } from './ThreadEmpty.js';
import { ThreadError } from './ThreadError.js';
import { ThreadMessages } from './messages/ThreadMessages.js';
import { ThreadRoot } from './ThreadRoot.js';
import { ThreadStatus } from './ThreadStatus.js';
import { ThreadSteps } from './tools/ThreadSteps.js';
import { ThreadToolOutputs } from './tools/ThreadToolOutputs.js';

/** The parts of a thread, to be put together as you like inside `Thread.Root`. */
export const Thread = {
  Root: ThreadRoot,
  Messages: ThreadMessages,
  Empty: ThreadEmpty,
  Steps: ThreadSteps,
  ToolOutputs: ThreadToolOutputs,
  Status: ThreadStatus,
  Error: ThreadError,
  Composer: ThreadComposer,
};
