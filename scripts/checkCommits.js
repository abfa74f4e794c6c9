/**
 * npm run lint:commits: checks that commit subjects read `area: imperative sentence` and have at most 72 characters. An
 * argument limits the range: `npm run lint:commits -- origin/main..HEAD`. In a shallow clone, only the commits that it
 * contains are checked.
 */
import { execFileSync } from 'node:child_process';
import { argv, exit } from 'node:process';
import { root } from './run.js';

const MAX_LENGTH = 72;
/** Earlier commits predate the rule. The time is explicit, because git completes a bare date with the current time of day. */
const FIRST_TIME = '2026-11-29T00:00:00Z';

const range = argv[2] ?? 'HEAD';
const log = execFileSync(
  'git',
  ['log', '--no-merges', `--since=${FIRST_TIME}`, '--format=%h %s', range],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
const wrong = log
  .split('\n')
  .filter((line) => line !== '')
  .flatMap((line) => {
    const subject = line.slice(line.indexOf(' ') + 1);
    if (subject.length > MAX_LENGTH) return [`${line}\n  has ${subject.length} characters.`];
    if (!/^[a-z][\w ,./-]*: \S/.test(subject))
      return [`${line}\n  does not read "area: sentence".`];
    return [];
  });
for (const message of wrong) console.error(message);
exit(wrong.length === 0 ? 0 : 1);
