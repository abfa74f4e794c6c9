/** Change of a recorded stream. `at` selects a frame, modulo their number. */
export type Damage =
  | { op: 'drop' | 'repeat' | 'nulls' | 'retype' | 'break' | 'blank' | 'heartbeat'; at: number }
  | { op: 'swap'; at: number; to: number }
  /** Drops this frame and all that follow. */
  | { op: 'cut'; at: number };

/** Splits a stream into its frames. */
export function splitFrames(stream: string): string[] {
  return stream.split(/(?<=\n\n)/);
}

/** Returns the frames with the changes applied, one after another. */
export function damageFrames(frames: readonly string[], damages: readonly Damage[]): string[] {
  return damages.reduce<string[]>(
    (current, damage) => (current.length === 0 ? current : damageOnce(current, damage)),
    [...frames],
  );
}

function damageOnce(frames: string[], damage: Damage): string[] {
  const at = damage.at % frames.length;
  const frame = frames[at] ?? '';
  switch (damage.op) {
    case 'drop':
      return frames.toSpliced(at, 1);
    case 'repeat':
      return frames.toSpliced(at, 0, frame);
    case 'cut':
      return frames.slice(0, at);
    case 'swap': {
      const to = damage.to % frames.length;
      return frames.with(at, frames[to] ?? '').with(to, frame);
    }
    case 'nulls':
      // Every second value, so that some of the structure stays.
      return frames.with(at, replaceValues(frame, damage.at, 'null'));
    case 'retype':
      return frames.with(at, replaceValues(frame, damage.at, '[{"x":7}]'));
    case 'break':
      return frames.with(at, `${frame.slice(0, Math.max(7, frame.length >> 1))}\n\n`);
    case 'blank':
      return frames.with(at, 'data:\n\n');
    case 'heartbeat':
      return frames.toSpliced(at, 0, ': ping\n\n', 'data: ping\n\n');
  }
}

/** Replaces one of the texts, numbers and nulls of a frame. */
function replaceValues(frame: string, seed: number, by: string): string {
  const pattern = /(?<=":)(?:"(?:[^"\\]|\\.)*"|-?\d+|null|true|false)/g;
  const count = frame.match(pattern)?.length ?? 0;
  let index = -1;
  return frame.replace(pattern, (value) => {
    index += 1;
    return index === seed % Math.max(1, count) ? by : value;
  });
}

const END = /\[DONE\]|"response\.(?:completed|done|incomplete|failed)"/;

/** Returns true if an answer has one of the marks that its reader takes for the end. */
export function hasEnd(text: string): boolean {
  return END.test(text) || /"finish_reason":\s*"/.test(text);
}

/** Returns true if a frame before the end of the answer starts as JSON and is none. */
export function hasBrokenFrame(frames: readonly string[]): boolean {
  const end = frames.findIndex((frame) => END.test(frame));
  return frames.slice(0, end === -1 ? undefined : end).some((frame) => {
    const data = /^data:\s*(\{.*)/.exec(frame)?.[1];
    return data !== undefined && !isJson(data);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
