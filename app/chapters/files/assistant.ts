/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Librarian',
  description: 'Searches the files that you attach, and cites them.',
  tools: [{ type: 'file_search' as const }],
};

/** No rules: the scripted model plays its demo, in place of a real model. */
export const script = undefined;
