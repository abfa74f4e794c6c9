/**
 * Every text that the components show or say, in one place. Plain texts are strings; texts that hold a number, a name or a
 * time are functions, so that a language can put the words in its own order and number. Numbers and times arrive formatted,
 * next to the raw count where grammar needs it.
 */
export interface ComponentTexts {
  message: {
    /** Names of the speakers, said by assistive technology and shown in headings of grouped turns. */
    user: string;
    assistant: string;
    unknownRole: string;
    list: string;
    copy: string;
    copied: string;
    copyFailed: string;
    retry: string;
    /** Another answer in place of the last one. */
    regenerate: string;
    edit: string;
    /** The field in which a message is changed, and what it leads to. */
    editLabel: string;
    editHint: string;
    saveEdit: string;
    cancelEdit: string;
    goodAnswer: string;
    badAnswer: string;
    actions: string;
    refusal: string;
    unknownContent: string;
    image: string;
    attachments: string;
    sending: string;
    failed: string;
    incomplete: Readonly<
      Record<
        'content_filter' | 'max_tokens' | 'run_cancelled' | 'run_expired' | 'run_failed' | 'other',
        string
      >
    >;
  };
  citation: {
    mark: (number: string) => string;
    sources: string;
    unnamedFile: string;
    download: (name: string) => string;
  };
  markdown: {
    copyCode: string;
    code: (language: string | undefined) => string;
    table: string;
    image: (host: string) => string;
    loadImage: string;
    imageFailed: string;
    imageBlocked: string;
    taskDone: string;
    taskOpen: string;
  };
  run: {
    status: Readonly<
      Record<
        | 'queued'
        | 'in_progress'
        | 'requires_action'
        | 'cancelling'
        | 'cancelled'
        | 'failed'
        | 'completed'
        | 'incomplete'
        | 'expired'
        | 'unknown',
        string
      >
    >;
    writing: string;
    waitingFor: (names: string) => string;
    /** The server does not answer; the run goes on being asked for. */
    reconnecting: string;
    /** What to do after a run has ended badly, by its status. */
    advice: Readonly<Record<'failed' | 'expired' | 'incomplete', string>>;
    incomplete: Readonly<Record<'max_completion_tokens' | 'max_prompt_tokens' | 'other', string>>;
    errorCode: Readonly<
      Record<
        'server_error' | 'rate_limit_exceeded' | 'invalid_prompt' | 'expired' | 'other',
        string
      >
    >;
    expiresIn: (duration: string) => string;
    elapsed: (duration: string) => string;
    stop: string;
    retry: string;
    none: string;
    raw: string;
    usage: (tokens: string, count: number) => string;
    usageDetail: (prompt: string, completion: string) => string;
  };
  steps: {
    title: string;
    count: (formatted: string, count: number) => string;
    status: Readonly<
      Record<'in_progress' | 'cancelled' | 'failed' | 'completed' | 'expired' | 'unknown', string>
    >;
    wroteMessage: string;
    ranCode: string;
    searchedFiles: string;
    called: (name: string) => string;
    unknown: string;
    arguments: string;
    rawArguments: string;
    output: string;
    noOutput: string;
    noArguments: string;
    malformedArguments: string;
    code: string;
    logs: string;
    image: string;
    results: (formatted: string, count: number) => string;
    score: (formatted: string) => string;
    yes: string;
    no: string;
    empty: string;
  };
  tools: {
    title: (name: string) => string;
    output: string;
    mode: string;
    asText: string;
    asJson: string;
    outputHint: string;
    invalidJson: (reason: string) => string;
    emptyJson: string;
    submit: string;
    submitting: string;
    deny: string;
    denyReason: string;
    denyConfirm: string;
    back: string;
    ready: (ready: string, total: string, count: number) => string;
    submitAll: (formatted: string, count: number) => string;
    pending: (formatted: string, count: number) => string;
    keep: string;
    change: string;
    isReady: string;
    expired: string;
    /** A call that waits for approval. */
    wantsToRun: (name: string) => string;
    approve: string;
    editArguments: string;
    keepArguments: string;
    /** Of a call that was found waiting. */
    restored: string;
    problem: (reason: string) => string;
    /** A handler with a question. */
    asks: (name: string) => string;
    answer: string;
    sendAnswer: string;
    asForm: string;
    pasteHint: string;
    deniedBecause: (reason: string) => string;
    state: Readonly<
      Record<
        | 'streaming-args'
        | 'running'
        | 'waiting'
        | 'elsewhere'
        | 'done'
        | 'failed'
        | 'denied'
        | 'submitted'
        | 'expired',
        string
      >
    >;
    /** Why a call has no result, by the code of the error. */
    failure: Readonly<
      Record<'failed' | 'timeout' | 'invalid_arguments' | 'invalid_output' | 'unknown_tool', string>
    >;
    /** What became of results that were not sent. */
    notice: Readonly<Record<'answered' | 'expired' | 'cancelled' | 'failed', string>>;
  };
  /** A form made from a schema. */
  form: {
    problems: (formatted: string, count: number) => string;
    add: (name: string) => string;
    remove: (name: string) => string;
    moveUp: (name: string) => string;
    moveDown: (name: string) => string;
    choose: string;
    kind: string;
    optional: string;
    /** Names a field that the person adds. */
    key: string;
    nothing: string;
    invalid: Readonly<
      Record<
        'required' | 'type' | 'choice' | 'format' | 'pattern' | 'unique' | 'extra' | 'other',
        string
      >
    >;
    limit: Readonly<
      Record<'short' | 'long' | 'small' | 'large' | 'few' | 'many', (limit: string) => string>
    >;
  };
  composer: {
    label: string;
    placeholder: string;
    send: string;
    stop: string;
    attach: string;
    hint: string;
    tooLong: (over: string, limit: string, count: number) => string;
    remaining: (left: string, count: number) => string;
    notSent: string;
  };
  error: {
    title: Readonly<
      Record<
        | 'network'
        | 'timeout'
        | 'aborted'
        | 'protocol'
        | 'stream'
        | 'run'
        | 'tool'
        | 'busy'
        | 'invalid-id'
        | 'unauthorized'
        | 'forbidden'
        | 'no-assistant'
        | 'not-found'
        | 'too-large'
        | 'rate-limit'
        | 'invalid'
        | 'server'
        | 'http'
        | 'unknown',
        string
      >
    >;
    advice: Readonly<
      Record<
        | 'network'
        | 'timeout'
        | 'aborted'
        | 'protocol'
        | 'stream'
        | 'run'
        | 'tool'
        | 'busy'
        | 'invalid-id'
        | 'unauthorized'
        | 'forbidden'
        | 'no-assistant'
        | 'not-found'
        | 'too-large'
        | 'rate-limit'
        | 'invalid'
        | 'server'
        | 'http'
        | 'unknown',
        string
      >
    >;
    retry: string;
    /** Begins a new conversation in place of one that is gone. */
    startOver: string;
    dismiss: string;
    details: string;
    requestId: string;
    copyRequestId: string;
  };
  empty: { title: string; suggestions: string };
  list: {
    loadOlder: string;
    loadMore: string;
    loadingOlder: string;
    jump: string;
    jumpNew: (formatted: string, count: number) => string;
    loading: string;
    today: string;
    yesterday: string;
  };
  announce: {
    started: string;
    finished: (text: string) => string;
    failed: string;
  };
  file: {
    remove: (name: string) => string;
    cancel: (name: string) => string;
    retry: (name: string) => string;
    download: (name: string) => string;
    uploading: (name: string) => string;
    failed: string;
    chooseAgain: string;
    list: string;
    none: string;
  };
  assistant: {
    name: string;
    model: string;
    description: string;
    instructions: string;
    instructionsHint: string;
    tools: string;
    toolsHint: string;
    invalidTools: (reason: string) => string;
    toolsNotList: string;
    required: string;
    tooLong: (limit: string) => string;
    unnamed: string;
    none: string;
    save: string;
    saving: string;
    cancel: string;
    edit: string;
    delete: string;
    toolCount: (formatted: string, count: number) => string;
    created: (time: string) => string;
  };
}

/** A catalogue with gaps: each room of it may be left out, or bring only some texts. Gaps show the English text. */
export type PartialComponentTexts = {
  readonly [Room in keyof ComponentTexts]?: Partial<ComponentTexts[Room]>;
};

/** What a conversation says from the start; the other texts come with the parts that speak them. */
export interface ConversationTexts extends Omit<
  ComponentTexts,
  'message' | 'citation' | 'run' | 'steps' | 'tools' | 'form' | 'file' | 'assistant'
> {
  message: Omit<
    ComponentTexts['message'],
    | 'editLabel'
    | 'editHint'
    | 'saveEdit'
    | 'cancelEdit'
    | 'goodAnswer'
    | 'badAnswer'
    | 'refusal'
    | 'unknownContent'
    | 'image'
    | 'attachments'
  >;
  run: Omit<ComponentTexts['run'], 'advice' | 'incomplete' | 'errorCode' | 'none' | 'raw'>;
}
