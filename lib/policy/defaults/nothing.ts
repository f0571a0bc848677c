import { isRecord } from '../../core/data';
import { mapped } from './fill';

/** Without the fields that hold nothing, which the API server does not store: `null` and empty lists. */
export function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return mapped(value, withoutNothing);
  if (!isRecord(value)) return value;
  let kept = value;
  for (const key of Object.keys(value)) {
    const given = value[key];
    if (typeof given !== 'object') continue;
    const stored = isNothing(given) ? undefined : withoutNothing(given);
    if (stored === given) continue;
    if (kept === value) kept = { ...value };
    if (stored === undefined) delete kept[key];
    else kept[key] = stored;
  }
  return kept;
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
