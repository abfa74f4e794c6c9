/** Document with questions that it answers. */
export interface BenchDocument {
  /** Language of the document. */
  language: string;
  name: string;
  text: string;
  questions: string[];
}

/** Reads documents of the form `# language name`, lines of text, `? question`. */
export function readDocuments(source: string): BenchDocument[] {
  return source
    .split(/^# /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.trim().split('\n');
      const [language = '', ...name] = head.split(' ');
      const isQuestion = (line: string) => line.startsWith('? ');
      return {
        language,
        name: name.join(' '),
        text: lines.filter((line) => !isQuestion(line)).join('\n'),
        questions: lines.filter(isQuestion).map((line) => line.slice(2)),
      };
    });
}
