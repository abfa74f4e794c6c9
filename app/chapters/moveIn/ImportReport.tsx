import type { TransferReport } from 'assistants-react/backend';

/** Problems that are listed. An export with one fault often has it in every file. */
const MAX_LISTED = 100;

/** Number of the objects that an import could not take over as they are, and the list of them. */
export function ImportReport({ report }: { report: TransferReport }) {
  const lines = [
    ...report.problems.map(({ where, message, advice = '' }) => `${where}: ${message} ${advice}`),
    ...report.missingContents.map(({ filename }) => `${filename}: The content is missing.`),
  ];
  if (lines.length === 0) return <p>Nothing is missing.</p>;
  return (
    <details>
      <summary>Problems: {lines.length}</summary>
      <ul>
        {lines.slice(0, MAX_LISTED).map((line, index) => (
          <li key={index} dir="auto">
            {line}
          </li>
        ))}
      </ul>
      {lines.length > MAX_LISTED && <p>{lines.length - MAX_LISTED} more are not listed.</p>}
    </details>
  );
}
