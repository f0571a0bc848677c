import { throwIfAny } from '../core/problem';

/** The day to judge by: the one that was asked for, or today in UTC, so that a team is not a day apart from itself. */
export function today(day: string | undefined): string {
  if (day !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))) {
    throwIfAny([
      {
        code: 'invalid-value',
        kind: 'input',
        subject: '--today',
        path: '',
        message: 'this is no day',
        got: day,
        expected: 'a day such as 2026-12-31',
      },
    ]);
  }
  return day ?? new Date().toISOString().slice(0, 10);
}
