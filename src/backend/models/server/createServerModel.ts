import type { BuiltInTool } from '../BuiltInTool.js';
import type { Model, ModelEvent, ModelRequest } from '../Model.js';
import { arrangePrompt, replaceImages } from './arrangePrompt.js';
import type { BodyOptions } from './buildChatBody.js';
import { buildPrompt } from './buildPrompt.js';
import { createLastResort } from './createLastResort.js';
import { createModelServer, type ModelServer } from './createModelServer.js';
import {
  createProfiles,
  type Profile,
  type ProfileChange,
  type Profiles,
} from './createProfiles.js';
import { createToolSet, getSearchToolName, type ToolSet } from './createToolSet.js';
import { createModelLog, type ModelLog } from './createModelLog.js';
import { explainBuiltInTools } from './explainBuiltInTools.js';
import { ALL_FORMS, type RefusedRequest } from './listAdjustments.js';
import type { ModelServerOptions } from './ModelServerOptions.js';
import type { PromptItem } from './PromptItem.js';
import type { ReadOptions } from './readChatEvents.js';
import { getRemainingTokens, truncate } from './runSettings.js';
import {
  CHARACTERS_PER_TOKEN,
  getPromptLength,
  keepNewest,
  shortenPrompt,
} from './shortenPrompt.js';
import { toServerFields } from './toServerCallIds.js';
import { type AdjustableRequest, describeChange, withAdjustments } from './withAdjustments.js';
import { withAnnotations } from './withAnnotations.js';
import { withRetry } from './withRetry.js';

/** API of a model server. */
export interface ServerApi {
  /** Path of the operation, below the base URL. */
  path: string;
  buildBody(request: ModelRequest, options: BodyOptions): Record<string, unknown>;
  /** Converts the events of an answer to model events. */
  readEvents(
    source: AsyncIterable<unknown>,
    options: ReadOptions,
  ): AsyncGenerator<ModelEvent, void, void>;
}

/** Parts of a request that do not depend on the profile. */
interface Draft {
  request: ModelRequest;
  model: string;
  items: readonly PromptItem[];
  tools: ToolSet;
}

/**
 * Creates a model that calls an API of a model server, and adjusts its requests to what the server accepts.
 *
 * @param builtInTools Tools that the server runs itself.
 */
export function createServerModel(
  options: ModelServerOptions,
  api: ServerApi,
  builtInTools: readonly BuiltInTool[] = [],
): Model {
  const server = createModelServer(options);
  const profiles = createProfiles(options.compatibility);
  const log = createModelLog(options);
  const respond = createLastResort();

  async function* answer(request: ModelRequest): AsyncGenerator<ModelEvent, void, void> {
    const tools = createToolSet(request, builtInTools);
    const searchName = getSearchToolName(request, tools.builtIn);
    const items = limitPrompt(request, await buildPrompt(request, searchName));
    if (items === undefined) return yield truncate('max_prompt_tokens');
    const remainingTokens = getRemainingTokens(request);
    if (remainingTokens !== undefined && remainingTokens <= 0)
      return yield truncate('max_completion_tokens');
    const model = options.model ?? request.run.model;
    const draft = { request, model, items, tools };
    const attempt = createAttempt(draft, { api, server, profiles, log });
    const send = () => withRetry(() => withAdjustments(attempt), request.signal, options.retry);
    try {
      const threadId = request.run.thread_id;
      yield* respond({ threadId, send, sendPlain: () => sendPlain(attempt) });
    } catch (error) {
      if (!request.signal.aborted) log.failed(request.run, model, error);
      throw explainBuiltInTools(error, tools.builtIn);
    }
  }

  return {
    builtInTools: builtInTools.map(({ type }) => type),
    respond: (request) => withAnnotations(answer(request), request),
    listModels: async (signal) =>
      options.model === undefined ? server.listModels(signal) : [options.model],
  };
}

/** Returns the entries within the limit of the run. Returns undefined if even the newest entries exceed it. */
function limitPrompt(
  { run, usage, instructions }: ModelRequest,
  items: readonly PromptItem[],
): readonly PromptItem[] | undefined {
  const limit = run.max_prompt_tokens;
  if (limit === null || limit === undefined) return items;
  const remainingTokens = limit - (usage?.prompt_tokens ?? 0);
  return shortenPrompt(items, remainingTokens * CHARACTERS_PER_TOKEN - instructions.length);
}

interface Parts {
  api: ServerApi;
  server: ModelServer;
  profiles: Profiles;
  log: ModelLog;
}

function createAttempt(draft: Draft, { api, server, profiles, log }: Parts): AdjustableRequest {
  const { request, model, tools } = draft;
  const learn = (change: ProfileChange) => {
    profiles.learn(model, change);
    log.adjusted(request.run, model, describeChange(change));
  };
  const canShorten = (request.run.truncation_strategy?.type ?? 'auto') === 'auto';
  return {
    profiles,
    model,
    build: (profile: Profile, keepsNewest: boolean) =>
      buildRequest(draft, api, profile, { keepsNewest, canShorten }),
    send: (body: Record<string, unknown>) =>
      api.readEvents(server.send(api.path, body, request.signal), {
        names: [
          ...tools.functions.map(({ name }) => name),
          ...(tools.searchName === undefined ? [] : [tools.searchName]),
        ],
        searchName: tools.searchName,
        createFault: (error) => server.createFault(error),
        readServerFile: (path) => server.readFile(path, request.signal),
        think: {
          startsInside: !profiles.get(model).reasoningStart,
          onLostStart: () => learn({ reasoningStart: false }),
        },
      }),
    onAdjusted: (what: string) => log.adjusted(request.run, model, what),
  };
}

/** Sends the newest messages only, in a form that all servers accept. Undefined if that is the usual request. */
function sendPlain({
  profiles,
  model,
  build,
  send,
  onAdjusted,
}: AdjustableRequest): AsyncIterable<ModelEvent> | undefined {
  const profile = profiles.get(model);
  const { body } = build(profiles.apply(profile, { ...ALL_FORMS, images: false }), true);
  if (JSON.stringify(body) === JSON.stringify(build(profile, false).body)) return undefined;
  onAdjusted('omits older messages');
  return send(body);
}

/** Builds a request as the profile demands, with the facts that further adjustments depend on. */
function buildRequest(
  { request, model, items, tools }: Draft,
  api: ServerApi,
  profile: Profile,
  { keepsNewest, canShorten }: { keepsNewest: boolean; canShorten: boolean },
): Omit<RefusedRequest, 'attempt'> {
  const { streaming, maxPromptLength, images, refusedImages } = profile;
  const hasTools = tools.functions.length > 0 || tools.builtIn.length > 0;
  const isStreamed = streaming === true || (streaming === 'without-tools' && !hasTools);
  const limited =
    canShorten && maxPromptLength !== undefined
      ? (shortenPrompt(items, maxPromptLength) ?? keepNewest(items))
      : items;
  const kept = canShorten && keepsNewest ? keepNewest(items) : limited;
  const shown = replaceImages(kept, (url) => !images || refusedImages.has(url));
  const prompt = arrangePrompt({ instructions: request.instructions, items: shown }, profile);
  return {
    body: api.buildBody(request, { model, prompt, tools, profile, isStreamed }),
    isStreamed,
    hasTools,
    builtInTypes: tools.builtIn.map(({ type }) => type),
    imageUrls: [...new Set(shown.flatMap(listImages))],
    opaqueNames: [...new Set(shown.flatMap(toServerFields))],
    promptLength: getPromptLength(kept),
  };
}

function listImages(item: PromptItem): string[] {
  if (item.role === 'output') return [];
  return item.parts.flatMap((part) => (part.type === 'image' ? [part.url] : []));
}
