import type { Json, JsonObject } from '../../records/json.ts';
import { sessionInput } from './legacy.ts';
import { type AdkSource, fieldsOf } from './source.ts';

/** The session that every case of a file of an old shape starts with: state, app_name and user_id; events and times do not count. */
export function readSessionFile(value: Json, source: AdkSource): JsonObject {
  return sessionInput(fieldsOf(value, '', source).object, '', source);
}
