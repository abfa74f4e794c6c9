/** Introduction of the document. */
export const HEADER = `# Servers

These tables are written by the tests in \`test/servers\`. Each cell is the outcome of a script against a small server that deviates from the API as the named one does. The script is run three times: with \`useConversation\`, with single hooks (queries, mutations, \`followRun\`, \`useToolCalls\`), and with \`ThreadView\`, also in Chromium for three of the servers.

\`npx vitest run --project dom test/servers --no-file-parallelism --update\` writes them again. The words in a cell are those that the user reads.
`;

/** Sections of the document. Each is written by a test of its own. */
export const SECTIONS = ['useConversation', 'single hooks', 'ThreadView'] as const;

export type Section = (typeof SECTIONS)[number];

export const getTitle = (section: Section) =>
  `## With ${section === 'single hooks' ? section : `\`${section}\``}`;

/** Returns the text of a section of the document, without its title. */
export function getSection(text: string, section: Section): string {
  const [, rest = ''] = text.split(`${getTitle(section)}\n`);
  return (rest.split('\n## ')[0] ?? '').trim();
}

/** Returns the cell of a table. Undefined if the table has no such row or column. */
export function getCell(table: string, row: string, column: string): string | undefined {
  const [header = [], ...rows] = table
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.find((cells) => cells[1] === row)?.[header.indexOf(column)];
}
