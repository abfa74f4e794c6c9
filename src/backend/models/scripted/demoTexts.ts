// Longer answers of the demo scenario, in markdown.

/** Answer to questions about the assistant. */
export const WHO_I_AM = `I am a **scripted assistant**. No model runs behind me: my answers are written down in advance, so that you can try this chat without a key and without a network.

Everything around me is real, though: the thread, the run, the steps, the event stream and the function calls all go over the same wire that a model server would use.`;

/** List of the messages that the demo answers. */
export const WHAT_I_DO = `Here is what you can try:

| Ask me | And see |
|---|---|
| What is the weather in Paris and Tokyo? | two function calls at once |
| Show me some markdown | headings, lists, a table, code |
| Where do you know that from? Name your sources | citations |
| Make me a file | a download |
| Write something long | a long answer that you can stop |
| Please fail, or: hit the rate limit | a run that ends badly |
| Please stall | a run that waits until you stop it |
| Please refuse | a refusal |
| Think about it | the reasoning before an answer |

Tell me your name, and I will remember it in this thread.`;

/** Answer that contains most elements of markdown. */
export const MARKDOWN_TOUR = `## A short tour of markdown

Text can be **bold**, *italic*, \`code\`, ~~struck out~~ or a [link](https://example.com/markdown).

### Lists

1. Boil the water
2. Warm the pot
3. Add the tea
   - one spoon for each person
   - and one for the pot

- [x] kettle
- [ ] biscuits

### A table

| Tea | Minutes | Temperature |
|:---|---:|---:|
| Green | 2 | 75 °C |
| Oolong | 3 | 85 °C |
| Black | 4 | 95 °C |

### Code

\`\`\`ts
interface Tea {
  name: string;
  minutes: number;
}

export function steep({ name, minutes }: Tea): string {
  return \`\${name}: ready in \${minutes} minutes\`;
}
\`\`\`

> Patience is the last ingredient.

That is the tour.`;

/** Answer with a code block. */
export const CODE = `Here is a small function that waits, and how to use it:

\`\`\`ts
export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

await pause(500);
console.log('Half a second later');
\`\`\`

It returns a promise, so \`await\` reads like a plain sentence. In a test you would rather pass in a clock than wait.`;

/** Long answer with several sections. */
export const LONG_ANSWER = `# A walk along the river

${[
  [
    'The spring',
    'The river begins as a wet place between stones. It does not look like a river yet. A hare could cross it without noticing, and in a dry August it is only a darker line in the grass.',
  ],
  [
    'The mill',
    'A little further down it has learned to push. The old mill still stands, although the wheel is gone; swallows nest where the axle used to turn, and the miller’s house has blue shutters.',
  ],
  [
    'The bridge',
    'Three arches carry the road over it. The middle one has a date and two letters carved into it. In the evening people lean on the wall there and look at the water, as people do on bridges.',
  ],
  [
    'The meadows',
    'Then the valley opens and the river loses its hurry. It goes left, thinks better of it, and goes right. Herons stand in the shallows. On hot days the cows stand there too.',
  ],
  [
    'The town',
    'Between walls it becomes a street among streets. Boats are tied up under the windows, and the baker’s boy knows every fish by name. At noon the bells come down to the water and float off with it.',
  ],
  [
    'The locks',
    'Below the town it is put to work. Gate by gate it is let down, ten steps of a staircase, and at each of them a keeper turns a crank, nods to the barges, and goes back to the crossword.',
  ],
  [
    'The estuary',
    'In the end it grows so wide that it forgets which way it was going. The tide reminds it twice a day. There is salt in the wind, and the far bank is a pencil line.',
  ],
  [
    'The sea',
    'And then the river ends, and there is only water. Somewhere behind the hills a hare steps over a wet place between two stones.',
  ],
]
  .map(
    ([title, text], index) =>
      `## ${index + 1}. ${title}\n\n${text}\n\n- Where: kilometre ${index * 12}\n- How long to stay: as long as you like`,
  )
  .join('\n\n')}

That was the long answer. You could have stopped it at any time.`;

/** Content of the file that the demo cites if the thread has no files. */
export const NOTES = `Notes on tea
Green tea tastes best at 75 degrees.
Black tea wants water just off the boil.
`;

/** Content of the file that the demo creates for download. */
export const REPORT = `tea,minutes,temperature
green,2,75
oolong,3,85
black,4,95
`;

export const THOUGHTS = `The user wants to see me think. I am scripted, so **this text** was written long ago.

1. A model reasons before it answers, and the page shows how long.
2. The text is folded, because most people want the answer.

That should do. Now the answer.`;
