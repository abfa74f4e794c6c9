import { useState, type ReactElement } from 'react';

/** A field that holds what is typed, as in any chat. */
export function PlainComposer(): ReactElement {
  const [value, setValue] = useState('');
  return (
    <textarea
      value={value}
      onChange={(event) => setValue(event.target.value)}
      style={{ blockSize: 40, inlineSize: '100%' }}
    />
  );
}
