import { sliceText } from '../../common/sliceText.js';
import { MEBIBYTE } from '../../common/mebibyte.js';
import type { FileLimits } from './fileLimits.js';

const MAX_NAME_LENGTH = 80;

/** Reason why a file, or a part of it, cannot be searched. */
export type ProblemReason =
  | 'deadline'
  | 'memory'
  | 'fileBytes'
  | 'decodedBytes'
  | 'inflatedBytes'
  | 'textLength'
  | 'pages'
  | 'rows'
  | 'columns'
  | 'cells'
  | 'index'
  | 'indexedWords'
  | 'vectors'
  | 'damaged'
  | 'format'
  | 'oldOffice'
  | 'empty'
  | 'scanned'
  | 'noWorker'
  | 'failed';

/** Reasons that depend on the load of the machine, so that another attempt may succeed. */
const TRANSIENT: ReadonlySet<ProblemReason> = new Set(['deadline', 'failed']);

/** Checks whether another attempt may succeed. */
export function isTransient({ reason }: FileProblem): boolean {
  return TRANSIENT.has(reason);
}

/** Problem with the text of a file, or with a search. */
export interface FileProblem {
  reason: ProblemReason;
  /** True if a part of the file, or of the files, can be searched. */
  isPartial: boolean;
  /** Sentence that says more. */
  detail?: string;
}

/**
 * Describes the problem of a file in a sentence for the user.
 *
 * @param name Name of the file. Undefined for `This file`.
 */
export function describeProblem(
  { reason, isPartial, detail }: FileProblem,
  limits: FileLimits,
  name?: string,
): string {
  const subject = name === undefined ? 'this file' : `'${shortenName(name)}'`;
  if (reason === 'vectors')
    return `${capitalize(subject)} is searched by its words only, because it has no vectors. ${detail ?? ''}`.trim();
  const consequence = isPartial ? `only a part of ${subject} was read` : `${subject} was not read`;
  return `${capitalize(consequence)}, because ${describeReason(reason, limits)}.`;
}

/** Describes the problem of a search in a sentence for the user. */
export function describeSearchProblem(problem: FileProblem, limits: FileLimits): string {
  const excess = `because together they have more than ${formatCount(limits.indexedWords)} words or too many different ones, or take too long to index.`;
  if (problem.reason === 'index') return `Only a part of the files was searched, ${excess}`;
  if (problem.reason === 'indexedWords')
    return `Only a part of the files was searched by words, and all by vectors, ${excess}`;
  return `The files were not searched, because ${describeReason(problem.reason, limits)}.`;
}

/** Sentence parts for the reasons that name no limit. */
const REASONS: Partial<Record<ProblemReason, string>> = {
  memory: 'it needs too much memory',
  damaged: 'it is damaged or encrypted',
  format: 'it is not a text, HTML, JSON, CSV, PDF, docx, pptx or xlsx file',
  oldOffice:
    'it is encrypted, or in an old format (doc, ppt, xls). Save it as docx, pptx or xlsx without a password',
  empty: 'it contains no text',
  scanned: 'it contains no text (scanned pages are images)',
  noWorker: 'PDF and Office files are read in a worker, and this server could not start one',
};

/** Completes "because …". */
function describeReason(reason: ProblemReason, limits: FileLimits): string {
  switch (reason) {
    case 'deadline':
      return `it takes longer than ${limits.deadlineMs / 1000} seconds`;
    case 'fileBytes':
      return `it is larger than ${formatBytes(limits.fileBytes)}`;
    case 'decodedBytes':
      return `it has more than ${formatBytes(limits.decodedBytes)} of text`;
    case 'inflatedBytes':
      return `its content expands to more than ${formatBytes(limits.inflatedBytes)}`;
    case 'textLength':
      return `it has more than ${formatCount(limits.textLength)} characters of text`;
    case 'pages':
    case 'rows':
    case 'columns':
    case 'cells':
      return `it has more than ${formatCount(limits[reason])} ${reason}`;
    default:
      return REASONS[reason] ?? 'its worker ended unexpectedly';
  }
}

/** Shortens a long name in the middle. */
function shortenName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return name;
  const start = sliceText(name, 0, MAX_NAME_LENGTH / 2);
  const end = sliceText(name, name.length - MAX_NAME_LENGTH / 2, name.length);
  return `${start}…${end}`;
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function formatCount(count: number): string {
  return count.toLocaleString('en');
}

function formatBytes(bytes: number): string {
  const mebibytes = bytes / MEBIBYTE;
  return mebibytes >= 1
    ? `${formatCount(Math.round(mebibytes))} MB`
    : `${formatCount(bytes)} bytes`;
}
