/** Numbers of the objects of one kind. */
export interface TransferCounts {
  /** New objects. In a dry run, objects that an import would add. */
  added: number;
  /** Objects that the store has already, with the same content. */
  present: number;
  /** Objects that were left out. `problems` says why. */
  skipped: number;
}

/** Kinds of objects that a report counts. */
export type TransferKind =
  'assistants' | 'vectorStores' | 'files' | 'contents' | 'threads' | 'messages' | 'runs' | 'steps';

/** Something that was not taken over as it is. */
export interface TransferProblem {
  /**
   * `skipped`: an object is missing in the result. `changed`: it was taken over with a change. `missing`: the source
   * lacks it.
   */
  type: 'skipped' | 'changed' | 'missing';
  /** File of the source, or id of the object. */
  where: string;
  /** Cause, as a sentence. */
  message: string;
  /** Remedy, as a sentence. */
  advice?: string;
}

/** File whose content the source does not have. */
export interface MissingContent {
  id: string;
  filename: string;
  bytes: number;
}

/** Result of an import or an export. */
export interface TransferReport {
  isDryRun: boolean;
  counts: Record<TransferKind, TransferCounts>;
  problems: TransferProblem[];
  /** Files whose content could not be saved. Their messages and their names are there. */
  missingContents: MissingContent[];
}

/** Creates an empty report. */
export function createReport(isDryRun = false): TransferReport {
  const counts = () => ({ added: 0, present: 0, skipped: 0 });
  return {
    isDryRun,
    counts: {
      assistants: counts(),
      vectorStores: counts(),
      files: counts(),
      contents: counts(),
      threads: counts(),
      messages: counts(),
      runs: counts(),
      steps: counts(),
    },
    problems: [],
    missingContents: [],
  };
}

/** Problems and files that the text names. The JSON has all. */
const MAX_LISTED = 20;

/** Formats a report as text: a table of numbers, followed by the problems and what to do about them. */
export function formatReport(report: TransferReport): string {
  const added = report.isDryRun ? 'would be added' : 'added';
  const rows = listKinds(report).filter(({ counts }) =>
    Object.values(counts).some((count) => count > 0),
  );
  return [
    ...rows.map(({ name, counts }) => formatCounts(name, counts, added)),
    ...(rows.length === 0 ? ['Nothing to do.'] : []),
    ...formatProblems(report.problems),
    ...formatMissing(report.missingContents),
    '',
  ].join('\n');
}

function listKinds({ counts }: TransferReport): { name: string; counts: TransferCounts }[] {
  const { assistants, vectorStores, files, contents, threads, messages, runs, steps } = counts;
  return [
    { name: 'assistants', counts: assistants },
    { name: 'vector stores', counts: vectorStores },
    { name: 'files', counts: files },
    { name: 'file contents', counts: contents },
    { name: 'threads', counts: threads },
    { name: 'messages', counts: messages },
    { name: 'runs', counts: runs },
    { name: 'steps', counts: steps },
  ];
}

function formatCounts(name: string, counts: TransferCounts, addedText: string): string {
  const { added, present, skipped } = counts;
  return `${name.padEnd(14)}${added} ${addedText}, ${present} already there, ${skipped} skipped`;
}

function formatProblems(problems: readonly TransferProblem[]): string[] {
  const lines = problems
    .slice(0, MAX_LISTED)
    .map(({ type, where, message, advice }) =>
      toLine(
        [`${type}: ${where}: ${message}`, ...(advice === undefined ? [] : [advice])].join(' '),
      ),
    );
  return ['', ...lines, ...formatRest(problems.length, 'problems')].slice(
    lines.length === 0 ? 1 : 0,
  );
}

function formatMissing(files: readonly MissingContent[]): string[] {
  if (files.length === 0) return [];
  const lines = files
    .slice(0, MAX_LISTED)
    .map(({ id, filename, bytes }) => toLine(`  ${id}  ${filename}  ${bytes} bytes`));
  return [
    '',
    `The contents of ${files.length} ${files.length === 1 ? 'file is' : 'files are'} missing, because the service did not give them out. If you have the originals, put them into a folder and import again with it (--files FOLDER, or the option originals). Files are matched by name and size.`,
    ...lines,
    ...formatRest(files.length, 'files'),
  ];
}

/** Names and texts of the input must not control a terminal. */
function toLine(text: string): string {
  return text.replace(/\p{C}/gu, ' ');
}

function formatRest(count: number, name: string): string[] {
  return count > MAX_LISTED
    ? [`… and ${count - MAX_LISTED} more ${name}. The report as JSON has all (--report FILE).`]
    : [];
}
