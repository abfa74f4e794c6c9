import { ThreadMessage } from './messages/ThreadMessage.js';
import { ThreadMessages } from './messages/ThreadMessages.js';
import { ThreadComposer } from './ThreadComposer.js';
import { ThreadComposerForm } from './ThreadComposerForm.js';
import { ThreadEmpty } from './ThreadEmpty.js';
import { ThreadError } from './ThreadError.js';
import { ThreadRoot } from './ThreadRoot.js';
import { ThreadSearch } from './search/ThreadSearch.js';
import { ThreadStatus } from './ThreadStatus.js';
import { ThreadReasoning } from './reasoning/ThreadReasoning.js';
import { ThreadSteps } from './tools/ThreadSteps.js';
import { ThreadToolOutputs } from './tools/ThreadToolOutputs.js';

/** Parts of a thread. Compose them inside `Thread.Root`. `ThreadView` is the default composition. */
export const Thread = {
  Root: ThreadRoot,
  Messages: ThreadMessages,
  Message: ThreadMessage,
  Search: ThreadSearch,
  Empty: ThreadEmpty,
  Reasoning: ThreadReasoning,
  Steps: ThreadSteps,
  ToolOutputs: ThreadToolOutputs,
  Status: ThreadStatus,
  Error: ThreadError,
  Composer: ThreadComposer,
  ComposerForm: ThreadComposerForm,
};
