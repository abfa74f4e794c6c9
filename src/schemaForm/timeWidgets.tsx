import { localToUTC, utcToLocal } from '@rjsf/utils';
import type { ReactElement } from 'react';
import type { ControlProps } from './controlProps.js';
import { BaseInputTemplate } from './widgets.js';

/** Values of an `<input type="datetime-local">`. */
const LOCAL_TIME = /^\d{4,}-\d\d-\d\dT\d\d:\d\d/;

/** Input for a date and a time in the zone of the user. A value that is not a date is shown as it is. */
export function DateTimeWidget(props: ControlProps): ReactElement {
  const value: unknown = props.value;
  const isDate = typeof value === 'string' && !Number.isNaN(Date.parse(value));
  return (
    <BaseInputTemplate
      {...props}
      type="datetime-local"
      value={isDate ? utcToLocal(value) : value}
      onChange={(entered: unknown) => props.onChange(toDate(entered))}
    />
  );
}

function toDate(entered: unknown): unknown {
  return typeof entered === 'string' && LOCAL_TIME.test(entered) ? localToUTC(entered) : entered;
}

/** Input for a time of the day. A value with a zone is shown as text. */
export function TimeWidget(props: ControlProps): ReactElement {
  const value: unknown = props.value;
  const shown = typeof value === 'string' ? value.replace(/^(\d\d:\d\d):00$/, '$1') : value;
  return (
    <BaseInputTemplate
      {...props}
      type="time"
      value={shown}
      onChange={(entered: unknown) => props.onChange(addSeconds(entered))}
    />
  );
}

function addSeconds(entered: unknown): unknown {
  return typeof entered === 'string' && /^\d\d:\d\d$/.test(entered) ? `${entered}:00` : entered;
}
