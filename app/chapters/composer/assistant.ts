import type { ScriptedRule } from 'assistants-react/backend';

/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Writing desk',
  description: 'Repeats what it was asked for.',
};

/** Rules of the scripted model, used here in place of a real one. */
export const script: readonly ScriptedRule[] = [
  {
    when: /\bstory\b/i,
    say: 'A lamp stood at the end of the pier.\n\nEach evening it was lit, and the keeper never met the boats that it led home. One winter it stayed dark, and all the boats came home an hour early.',
  },
  { when: /^>/, say: 'You quoted me. Ask what you would like to know about it.' },
  { when: /@\w+/, say: 'I would pass that on, if I knew anyone but you.' },
  {
    say: 'Select some of this text to quote it, type / for commands and @ for people, or press the microphone.',
  },
];
