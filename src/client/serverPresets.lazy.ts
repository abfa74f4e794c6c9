import type { OperationId } from '../protocol/types.js';
import type { AssistantsClientOptions } from './AssistantsClient.js';
import type { ServerCapability, ServerPreset } from './ServerOptions.js';

/** Options of a known server. */
interface ServerDescription extends Pick<AssistantsClientOptions, 'apiVersion' | 'query'> {
  missing: readonly ServerCapability[];
}

const VERSION_1_FILES = [
  'listAssistantFiles',
  'createAssistantFile',
  'getAssistantFile',
  'deleteAssistantFile',
  'listMessageFiles',
  'getMessageFile',
] as const satisfies readonly OperationId[];

const STEPS = ['listRunSteps', 'getRunStep'] as const;

/** Capabilities of known servers. What a server does not have is not requested. */
export const serverPresets: Record<ServerPreset, ServerDescription> = {
  foundry: { missing: VERSION_1_FILES, apiVersion: false, query: { 'api-version': 'v1' } },
  'azure-gateway': { missing: ['listThreads'], query: { 'api-version': '2024-05-01-preview' } },
  litellm: {
    missing: [
      ...VERSION_1_FILES,
      ...STEPS,
      'getAssistant',
      'modifyAssistant',
      'listThreads',
      'createThreadAndRun',
      'modifyThread',
      'deleteThread',
      'getMessage',
      'modifyMessage',
      'deleteMessage',
      'listRuns',
      'getRun',
      'modifyRun',
      'cancelRun',
      'submitToolOutputsToRun',
    ],
  },
  astra: {
    missing: [...VERSION_1_FILES, ...STEPS, 'listThreads', 'cancelRun', 'modifyRun', 'after'],
  },
  'open-openai': {
    missing: ['streaming', 'listThreads', 'deleteMessage'],
    apiVersion: 'v1',
  },
  'open-assistant-api': { missing: ['listThreads', 'deleteMessage'], apiVersion: 'v1' },
  supercompat: {
    missing: [...VERSION_1_FILES, 'listThreads', 'createThreadAndRun'],
  },
};
