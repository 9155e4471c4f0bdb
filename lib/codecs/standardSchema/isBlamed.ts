import { isObject } from '../../foundation/isObject.js';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { Shape } from '../jsonSchema/Shape.js';
import { listMembers } from './admits.js';
import type { Complaint } from './Complaint.js';
import { isSamePlace, type Setting } from './Setting.js';

/** Some vendors take anything for an object at first, and then complain about the keys it has not. */
export function isBlamed(
  value: unknown,
  shape: Shape,
  setting: Setting,
  complaints: readonly Complaint[] | undefined,
): boolean {
  if (complaints === undefined) return false;
  if (setting.blames(value, complaints)) return true;
  return !isObject(value) && hasObjects(shape) && complaints.some(({ path }) => missesKey(value, path, setting.path));
}

/** Whether a complaint is about a key that no value of this kind has: `length` and `0` are no such keys. */
function missesKey(value: unknown, path: JsonPath, place: JsonPath): boolean {
  const key = path[place.length];
  if (key === undefined || !isSamePlace(path.slice(0, place.length), place)) return false;
  return value === null || value === undefined || !(/^\d+$/.test(String(key)) || key in Object(value));
}

const hasObjects = (shape: Shape): boolean => listMembers(shape).some(({ kind }) => kind === 'object');
