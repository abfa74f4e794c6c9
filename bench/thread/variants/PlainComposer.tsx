import { useState, type ReactElement } from 'react';

/** A controlled text field. */
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
