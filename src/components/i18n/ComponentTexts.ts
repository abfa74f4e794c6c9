/**
 * All texts of the components, in groups. Texts with a number, a name or a time are functions, so that a language can use its
 * own word order and plural forms. Numbers and times are passed formatted. A `count` is the same number unformatted, to select
 * the plural form.
 */
export interface ComponentTexts {
  message: {
    /** Names of the authors. Screen readers announce them; the page shows them above the messages of an author. */
    user: string;
    assistant: string;
    unknownRole: string;
    list: string;
    copy: string;
    copied: string;
    copyFailed: string;
    retry: string;
    /** Replaces the last answer by another one. */
    regenerate: string;
    edit: string;
    /** Label of the field that edits a message, and a hint that says what sending it does. */
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
    /** State of a message that is sent when the active run has ended. */
    queued: string;
    removeQueued: string;
    /** Button that quotes the selected text in the composer. */
    quote: string;
    readAloud: string;
    stopReading: string;
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
    copyTable: string;
    wrapLines: string;
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
    /** Shown while the server does not respond and the run is polled again. */
    reconnecting: string;
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
    /** States of a run on its timeline. */
    phases: Readonly<Record<'queued' | 'working' | 'waiting', string>>;
    /** Button that copies a request as a command for curl. */
    copyCommand: string;
    compare: string;
    comparison: string;
    closeComparison: string;
    noDifference: string;
    events: string;
    noEvents: string;
    usage: (tokens: string, count: number) => string;
    usageDetail: (prompt: string, completion: string) => string;
  };
  reasoning: {
    /** Also while the model reasons. */
    title: string;
    thought: (duration: string) => string;
    truncated: string;
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
    searchedWeb: string;
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
    invalidJson: (reason: string) => string;
    emptyJson: string;
    submit: string;
    submitting: string;
    deny: string;
    denyReason: string;
    /** Button that opens the field for the reason. */
    addReason: string;
    ready: (ready: string, total: string, count: number) => string;
    submitAll: (formatted: string, count: number) => string;
    submitDecisions: (formatted: string, count: number) => string;
    /** Submits the error of the only call. */
    reportFailure: string;
    keep: string;
    change: string;
    isReady: string;
    expired: string;
    /** Title of a call that needs approval. */
    wantsToRun: (name: string) => string;
    /** The same for a tool that has a title, such as 'Send an email'. */
    confirm: (title: string) => string;
    /** Note on a call that a server runs. The name of the server may be empty. */
    runsOnServer: (server: string) => string;
    approve: string;
    /** The two ways to allow a call of a tool whose calls may all be allowed. */
    approveOnce: string;
    approveAlways: string;
    /** Note on a call of a tool whose calls are always allowed, and the button that ends it. */
    alwaysAllowed: string;
    askAgain: string;
    editArguments: string;
    keepArguments: string;
    /** Warning on a call that was already waiting when the page was loaded. */
    restored: string;
    problem: (reason: string) => string;
    /** Title of a tool that needs an answer of the user. */
    asks: (name: string) => string;
    answer: string;
    sendAnswer: string;
    asForm: string;
    deniedBecause: (reason: string) => string;
    state: Readonly<
      Record<
        | 'streaming-args'
        | 'running'
        | 'waiting'
        | 'elsewhere'
        | 'done'
        | 'approved'
        | 'failed'
        | 'denied'
        | 'submitted'
        | 'expired',
        string
      >
    >;
    /** Reasons why a call has no result, by error code. */
    failure: Readonly<
      Record<'failed' | 'timeout' | 'invalid_arguments' | 'invalid_output' | 'unknown_tool', string>
    >;
    /** Explains that the run waits for an action of an unknown type. The type may be empty. */
    unknownAction: (type: string) => string;
    /** Reasons why results were not submitted. */
    notice: Readonly<Record<'answered' | 'expired' | 'cancelled' | 'failed', string>>;
  };
  /** `SchemaForm`. */
  search: {
    label: string;
    previous: string;
    next: string;
    close: string;
    /** Position of the shown hit. */
    position: (index: string, count: string) => string;
    none: string;
    /** Says with which keys the search of the browser opens. */
    again: string;
  };
  form: {
    problems: (formatted: string, count: number) => string;
    /** `name` is empty for a group without a title. */
    add: (name: string) => string;
    remove: (name: string) => string;
    moveUp: (name: string) => string;
    moveDown: (name: string) => string;
    choose: string;
    kind: string;
    optional: string;
    required: string;
    /** Label for the name of a property that the user adds. */
    key: string;
    nothing: string;
    /** Reasons why the value has to be entered as JSON. */
    unavailable: Readonly<Record<'large' | 'deep' | 'endless' | 'invalid', string>>;
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
    dictate: string;
    stopDictation: string;
    dictationFailed: string;
    microphoneDenied: string;
    /** Announcement of the list below a trigger such as `/`. */
    choices: (formatted: string, count: number) => string;
    noChoices: string;
  };
  error: {
    title: Readonly<Record<ErrorTextKey, string>>;
    /** Advice that neither the title nor the buttons give. */
    advice: Readonly<Partial<Record<ErrorTextKey, string>>>;
    /** Title of a network error once the server can be reached again. */
    connected: string;
    retry: string;
    /** Starts a new conversation after the current one was deleted. */
    startOver: string;
    dismiss: string;
    details: string;
    requestId: string;
    copyRequestId: string;
  };
  empty: { title: string; suggestions: string };
  list: {
    loadOlder: string;
    /** Printed above the messages of a thread that is not loaded to its beginning. */
    olderNotPrinted: string;
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
    /** Buttons of the dialog that shows an image. */
    zoomIn: string;
    zoomOut: string;
    closeViewer: string;
    /** Button of `FileManager` that uploads files, and the announcement of the uploaded ones. */
    upload: string;
    uploaded: (formatted: string, count: number) => string;
    /** Notes in place of a preview, and above one. */
    noPreview: string;
    tooLarge: string;
    truncated: string;
  };
  /** Texts of `ImportDialog`. */
  import: {
    title: string;
    hint: string;
    chooseFiles: string;
    chooseFolder: string;
    close: string;
    running: string;
    stop: string;
    added: (formatted: string, count: number) => string;
    /** Conversations that the store has already, and those that were left out. */
    present: (formatted: string, count: number) => string;
    skipped: (formatted: string, count: number) => string;
    /** Files without contents. */
    missing: (formatted: string, count: number) => string;
    /** Problems that are not listed. */
    more: (formatted: string, count: number) => string;
  };
  assistant: {
    name: string;
    model: string;
    description: string;
    instructions: string;
    instructionsHint: string;
    tools: string;
    codeInterpreter: string;
    fileSearch: string;
    /** Buttons that add a function, and a tool of any type. */
    addFunction: string;
    addJsonTool: string;
    /** Title of a function without a name. */
    newFunction: string;
    functionName: string;
    functionHint: string;
    /** Label of the JSON Schema of the arguments of a function. */
    parameters: string;
    parametersHint: string;
    strict: string;
    /** Button that shows the form that a schema yields. */
    preview: string;
    /** Label of a tool that is edited as JSON. */
    jsonTool: string;
    jsonToolHint: string;
    notTool: string;
    nameInvalid: string;
    nameTaken: string;
    /** Mistakes in a JSON text. `line` counts from 1. */
    jsonProblem: Record<
      'comment' | 'comma' | 'quotes' | 'unclosed' | 'deep' | 'other',
      (line: string) => string
    >;
    /** Mistakes in a JSON Schema. `path` leads to the mistake, such as `properties.city.type`. */
    schemaProblem: { object: string } & Record<
      'type' | 'pattern' | 'reference' | 'keyword',
      (path: string) => string
    >;
    codeFiles: string;
    searchFiles: string;
    /** Stands below files that other assistants search, too, because they have the same vector store. */
    sharedFiles: (names: string) => string;
    /** Marks a file that leaves the assistant when the form is saved. */
    fileRemoved: string;
    /** Heading of the settings that are folded. */
    settings: string;
    /** Value of a setting that the server decides about, and of one that the form does not change. */
    serverDefault: string;
    unchanged: string;
    temperature: string;
    topP: string;
    reasoningEffort: string;
    efforts: Record<'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max', string>;
    responseFormat: string;
    formats: Record<'auto' | 'text' | 'json_object' | 'json_schema', string>;
    schemaName: string;
    schema: string;
    metadata: string;
    addMetadata: string;
    /** Placeholders of the fields of a pair, and their labels. */
    key: string;
    value: string;
    metadataKey: (position: string) => string;
    metadataValue: (position: string) => string;
    restored: string;
    discard: string;
    /** Fields that the user and the server have changed. */
    conflict: {
      all: (formatted: string, count: number) => string;
      allTheirs: string;
      allMine: string;
      /** Stands above the value of the server. */
      field: string;
      empty: string;
      theirs: string;
      mine: string;
    };
    duplicate: (name: string) => string;
    duplicateShort: string;
    /** Name of the copy of an assistant. */
    copyName: (name: string) => string;
    required: string;
    tooLong: (limit: string) => string;
    unnamed: string;
    none: string;
    save: string;
    saving: string;
    cancel: string;
    /** Shown if the assistant was deleted while it was edited, above the button that creates it again. */
    gone: string;
    createAsNew: string;
    edit: string;
    delete: string;
    toolCount: (formatted: string, count: number) => string;
    created: (time: string) => string;
    /** Button that opens the list of assistants. */
    choose: string;
    /** Name of that button when an assistant is chosen. */
    chosen: (name: string) => string;
    /** Label and placeholder of the field that searches the assistants by name, description and model. */
    search: string;
    noMatch: string;
  };
  threads: {
    /** Label and placeholder of the field that searches the list. */
    search: string;
    none: string;
    noMatch: string;
    untitled: string;
    /** Name of the menu of a thread. */
    menu: (title: string) => string;
    rename: string;
    pin: string;
    unpin: string;
    archive: string;
    unarchive: string;
    exportMarkdown: string;
    exportJson: string;
    copyLink: string;
    linkCopied: string;
    /** Entry of a menu that deletes the thread. */
    deleteShort: string;
    titleLabel: string;
    delete: (title: string) => string;
    deleted: string;
    /** Button that restores a deleted thread, and its name for screen readers. */
    undoShort: string;
    undo: (title: string) => string;
    /** Marks of threads that are not open. */
    activity: Record<'running' | 'waiting' | 'unread', string>;
    /** Headings of the groups: pinned threads, others by the day of their last use, archived threads. */
    groups: Record<
      'pinned' | 'today' | 'yesterday' | 'week' | 'month' | 'older' | 'archived',
      string
    >;
  };
}

/** Catalogue in which groups and texts may be missing. Missing texts are English. */
export type PartialComponentTexts = {
  readonly [Group in keyof ComponentTexts]?: Partial<ComponentTexts[Group]>;
};

/** Catalogue in which texts may also be missing in the groups inside a group, such as the titles of errors. */
export type IncompleteTexts = {
  readonly [Group in keyof ComponentTexts]?: {
    readonly [Name in keyof ComponentTexts[Group]]?: ComponentTexts[Group][Name] extends NamedTexts
      ? Partial<ComponentTexts[Group][Name]>
      : ComponentTexts[Group][Name];
  };
};

type NamedTexts = Readonly<Record<string, string>>;

/** Kinds of errors that have their own title and advice. */
type ErrorTextKey =
  | 'network'
  | 'not-loaded'
  | 'unsupported'
  | 'timeout'
  | 'aborted'
  | 'not-sent'
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
  | 'unknown';
